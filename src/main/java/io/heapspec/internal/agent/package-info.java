/** Reads and changes the code of classes; all that needs Byte Buddy is here. */
@NullMarked
package io.heapspec.internal.agent;

import org.jspecify.annotations.NullMarked;
