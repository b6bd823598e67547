/** Turns results into text and JSON. */
@NullMarked
package io.heapspec.internal.report;

import org.jspecify.annotations.NullMarked;
