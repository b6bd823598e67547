/** Leaf package: sizes, durations, preconditions. No domain words. */
@NullMarked
package io.heapspec.internal.util;

import org.jspecify.annotations.NullMarked;
