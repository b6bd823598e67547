/** Benchmarks: what promises cost. */
@NullMarked
package io.heapspec.bench;

import org.jspecify.annotations.NullMarked;
