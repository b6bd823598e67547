/** A read-only view of a heap dump: objects, references, paths from GC roots and dominators. */
@NullMarked
package io.heapspec.heap;

import org.jspecify.annotations.NullMarked;
