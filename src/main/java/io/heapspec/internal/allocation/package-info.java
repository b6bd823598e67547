/** Counts what a piece of code allocates, by histograms and by the thread's counter, and reconciles the two. */
@NullMarked
package io.heapspec.internal.allocation;

import org.jspecify.annotations.NullMarked;
