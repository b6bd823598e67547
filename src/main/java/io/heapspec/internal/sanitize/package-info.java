/** Copies of dumps without the data that the program worked on. */
@NullMarked
package io.heapspec.internal.sanitize;

import org.jspecify.annotations.NullMarked;
