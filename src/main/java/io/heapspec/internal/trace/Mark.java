package io.heapspec.internal.trace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A moment that HeapSpec notes in a recording: Flight Recorder's clock is not that of {@link java.time.Instant}. */
@Name(Mark.NAME)
@Label("HeapSpec mark")
@Category("HeapSpec")
@Description("Where what HeapSpec asks about begins or ends")
@StackTrace(false)
@Enabled(false)
final class Mark extends Event {

    static final String NAME = "io.heapspec.Mark";
}
