/** Runs code in class loaders that are thrown away afterwards. */
@NullMarked
package io.heapspec.internal.disposable;

import org.jspecify.annotations.NullMarked;
