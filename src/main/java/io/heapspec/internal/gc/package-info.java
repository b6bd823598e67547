/** Forced and confirmed collection, and heap dumps. */
@NullMarked
package io.heapspec.internal.gc;

import org.jspecify.annotations.NullMarked;
