package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.result.Reconciliation;
import io.heapspec.result.Testimony;
import io.heapspec.result.TraceFindings;
import io.heapspec.result.TraceFindings.Collection;
import io.heapspec.result.TraceFindings.Sample;
import io.heapspec.result.TraceFindings.Start;
import io.heapspec.result.TraceFindings.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What the witnesses say, and what Flight Recorder saw, for machines. */
final class TraceJson {

    private TraceJson() {}

    static void write(JsonWriter json, Reconciliation reconciliation) throws IOException {
        json.name("witnesses").beginArray();
        for (Testimony each : reconciliation.testimonies()) {
            json.beginObject();
            json.name("witness").value(ResultLine.lower(each.witness()));
            json.name("agreement").value(ResultLine.lower(each.agreement()));
            json.name("figures").value(each.figures());
            json.endObject();
        }
        json.endArray();
        json.name("reading").value(ResultLine.lower(reconciliation.reading()));
    }

    /** Writes what was recorded, or why nothing was; nothing if nothing was to be. */
    static void write(JsonWriter json, TraceFindings trace) throws IOException {
        if (!trace.missing().isEmpty()) {
            json.name("trace").beginObject();
            json.name("missing").value(trace.missing());
            json.endObject();
        } else if (trace.isPresent()) {
            json.name("trace").beginObject();
            json.name("runs").value(trace.runs());
            samples(json, trace.samples());
            collections(json, trace.collections());
            waits(json, trace.waits());
            starts(json, trace.starts());
            json.name("classesLoaded").value(trace.classesLoaded());
            json.endObject();
        }
    }

    private static void samples(JsonWriter json, List<Sample> samples) throws IOException {
        json.name("samples").beginArray();
        for (Sample each : samples) {
            json.beginObject();
            json.name("class").value(each.className());
            json.name("allocated").value(each.allocated());
            json.name("alive").value(each.alive());
            json.name("ageMillis").value(millis(each.age()));
            json.name("collectionsSurvived").value(each.collectionsSurvived());
            json.name("thread").value(each.thread());
            stack(json, each.stack());
            json.endObject();
        }
        json.endArray();
    }

    private static void collections(JsonWriter json, List<Collection> collections) throws IOException {
        json.name("collections").beginArray();
        for (Collection each : collections) {
            json.beginObject();
            json.name("name").value(each.name());
            json.name("cause").value(each.cause());
            json.name("pauseMillis").value(millis(each.pause()));
            json.name("heapBefore").value(each.heapBefore());
            json.name("heapAfter").value(each.heapAfter());
            json.endObject();
        }
        json.endArray();
    }

    private static void waits(JsonWriter json, List<Wait> waits) throws IOException {
        json.name("waits").beginArray();
        for (Wait each : waits) {
            json.beginObject();
            json.name("thread").value(each.thread());
            json.name("on").value(each.on());
            json.name("millis").value(millis(each.atLeast()));
            stack(json, each.stack());
            json.endObject();
        }
        json.endArray();
    }

    private static void starts(JsonWriter json, List<Start> starts) throws IOException {
        json.name("threadStarts").beginArray();
        for (Start each : starts) {
            json.beginObject();
            json.name("thread").value(each.thread());
            json.name("by").value(each.by());
            stack(json, each.stack());
            json.endObject();
        }
        json.endArray();
    }

    private static void stack(JsonWriter json, List<StackTraceElement> stack) throws IOException {
        json.name("stack").beginArray();
        for (StackTraceElement frame : OriginText.withoutRunner(stack)) {
            json.value(frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
        }
        json.endArray();
    }

    private static double millis(Duration duration) {
        return ResultLine.millis(duration.toNanos() / 1e6);
    }
}
