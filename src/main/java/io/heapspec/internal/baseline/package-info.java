/** Baselines: what tests allocated when that was recorded, in text files that are committed with them. Knows no test framework. */
@NullMarked
package io.heapspec.internal.baseline;

import org.jspecify.annotations.NullMarked;
