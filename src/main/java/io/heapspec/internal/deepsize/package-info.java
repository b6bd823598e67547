/** How large an object is with all that belongs to it. Reads objects in place, by JOL. */
@NullMarked
package io.heapspec.internal.deepsize;

import org.jspecify.annotations.NullMarked;
