/** Path names, growth between dumps, retention chains and fingerprints. */
@NullMarked
package io.heapspec.internal.retention;

import org.jspecify.annotations.NullMarked;
