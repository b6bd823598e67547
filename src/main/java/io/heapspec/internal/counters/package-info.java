/** The runtime's own counters, read before and after. */
@NullMarked
package io.heapspec.internal.counters;

import org.jspecify.annotations.NullMarked;
