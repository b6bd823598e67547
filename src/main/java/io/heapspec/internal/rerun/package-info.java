/** Runs a test again through its framework. */
@NullMarked
package io.heapspec.internal.rerun;

import org.jspecify.annotations.NullMarked;
