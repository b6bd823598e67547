/**
 * Bytes to records: reads the binary heap dump format ("hprof") without believing anything it says.
 *
 * <p>Format description: {@code heapDumper.cpp} in the OpenJDK sources, and "Binary Dump Format" of the former HPROF
 * agent (version 1.0.2).
 */
@NullMarked
package io.heapspec.internal.hprof;

import org.jspecify.annotations.NullMarked;
