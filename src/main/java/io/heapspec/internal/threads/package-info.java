/** Which threads are alive that were not before, what they are doing, and what they died of. */
@NullMarked
package io.heapspec.internal.threads;

import org.jspecify.annotations.NullMarked;
