/** Finds out whether single objects are collectable, and what holds those that are not. Knows no test framework. */
@NullMarked
package io.heapspec.internal.watch;

import org.jspecify.annotations.NullMarked;
