/** What may pile up without failing a test: allowed retention, and the baseline of known leaks. */
@NullMarked
package io.heapspec.internal.suppression;

import org.jspecify.annotations.NullMarked;
