/** Judges bodies whose answer is known, on every collector, and counts the wrong verdicts. */
@NullMarked
package io.heapspec.rates;

import org.jspecify.annotations.NullMarked;
