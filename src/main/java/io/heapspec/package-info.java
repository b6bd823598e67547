/** Annotations that state a promise about a test's memory, the extension that keeps them, and the configuration keys. */
@NullMarked
package io.heapspec;

import org.jspecify.annotations.NullMarked;
