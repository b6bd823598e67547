/** Immutable records of what was judged: verdicts, leaks and their retention chains. */
@NullMarked
package io.heapspec.result;

import org.jspecify.annotations.NullMarked;
