/** What Flight Recorder sees; the only package that uses it. */
@NullMarked
package io.heapspec.internal.trace;

import org.jspecify.annotations.NullMarked;
