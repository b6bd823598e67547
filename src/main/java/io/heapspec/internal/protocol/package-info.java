/** The protocol: screen, confirm, explain. Knows no test framework. */
@NullMarked
package io.heapspec.internal.protocol;

import org.jspecify.annotations.NullMarked;
