/**
 * A read-only object graph over a heap dump: objects, classes, references, roots and threads.
 *
 * <p>Start at {@link io.heapspec.heap.HeapGraph#open}. Objects are plain numbers, so that graphs of many millions of
 * objects can be walked with arrays; the dump itself stays on disk.
 */
@NullMarked
package io.heapspec.heap;

import org.jspecify.annotations.NullMarked;
