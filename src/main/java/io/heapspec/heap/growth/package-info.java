/** What grew between dumps of one program, by the paths that lead to it. */
@NullMarked
package io.heapspec.heap.growth;

import org.jspecify.annotations.NullMarked;
