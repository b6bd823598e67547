/** Assertions on what code allocates, for AssertJ. */
@NullMarked
package io.heapspec.assertj;

import org.jspecify.annotations.NullMarked;
