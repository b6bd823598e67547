/** What to say of a leak beyond its chain: whose it is, what is known of the place that holds it, and what to do. */
@NullMarked
package io.heapspec.internal.advice;

import org.jspecify.annotations.NullMarked;
