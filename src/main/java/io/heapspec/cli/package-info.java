/** The command line: questions to heap dumps, answered as text, JSON or an HTML page. */
@NullMarked
package io.heapspec.cli;

import org.jspecify.annotations.NullMarked;
