/** Class histograms of the live set, and the growth between them. */
@NullMarked
package io.heapspec.internal.census;

import org.jspecify.annotations.NullMarked;
