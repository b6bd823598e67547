package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.result.AllocationJudgement;
import io.heapspec.result.AllocationLimit;
import io.heapspec.result.AllocationSite;
import io.heapspec.result.Certification;
import io.heapspec.result.ClassAllocations;
import io.heapspec.result.CountRange;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.LimitOutcome;
import io.heapspec.result.RecordedAllocations;
import java.io.IOException;
import java.util.Locale;

/** The line of the results for a {@code @MaxAllocations}. */
final class AllocationJson {

    private AllocationJson() {}

    static String line(TestName test, AllocationJudgement judgement, JvmDescription jvm) {
        return new ResultLine("maxAllocations", judgement.reason(), judgement.detail())
                .about(test, jvm, json -> write(json, judgement));
    }

    private static void write(JsonWriter json, AllocationJudgement judgement) throws IOException {
        json.name("reruns").value(judgement.reruns());
        json.name("limits").beginArray();
        for (LimitOutcome outcome : judgement.outcomes()) {
            limit(json, outcome);
        }
        json.endArray();
        json.name("certification").value(name(judgement.profile().certification()));
        json.name("objects").value(judgement.profile().objects());
        json.name("bytes").value(judgement.profile().bytes());
        json.name("classes").beginArray();
        for (ClassAllocations each : judgement.profile().classes()) {
            json.beginObject();
            json.name("class").value(each.className());
            json.name("objects").value(each.objects());
            json.name("bytes").value(each.bytes());
            json.endObject();
        }
        json.endArray();
        json.name("sites").beginArray();
        for (AllocationSite each : judgement.profile().sites()) {
            site(json, each);
        }
        json.endArray();
        json.name("sitesNote").value(judgement.profile().trace().note());
        json.name("bytesOfRuns").beginArray();
        for (long bytes : judgement.observed()) {
            json.value(bytes);
        }
        json.endArray();
        json.name("judgeMillis").value(ResultLine.millis(judgement.millis()));
    }

    private static void site(JsonWriter json, AllocationSite site) throws IOException {
        json.beginObject();
        json.name("class").value(site.className());
        json.name("objects").value(site.objects());
        json.name("bytes").value(site.bytes());
        json.name("thread").value(site.thread());
        json.name("stack").beginArray();
        for (StackTraceElement frame : site.stack()) {
            json.value(frame.toString());
        }
        json.endArray();
        json.endObject();
    }

    private static void limit(JsonWriter json, LimitOutcome outcome) throws IOException {
        AllocationLimit limit = outcome.limit();
        json.beginObject();
        json.name("of").value(limit.ofClass());
        json.name("scope").value(ResultLine.lower(limit.scope()));
        if (limit.objects() != AllocationLimit.NONE) {
            json.name("mostObjects").value(limit.objects());
        }
        if (limit.bytes() != AllocationLimit.NONE) {
            json.name("mostBytes").value(limit.bytes());
        }
        RecordedAllocations baseline = limit.baseline();
        if (baseline != null) {
            json.name("baseline").value(baseline.file());
            json.name("recordedOn").value(baseline.environment());
        }
        range(json, "objects", outcome.objects());
        range(json, "bytes", outcome.bytes());
        json.name("kept").value(outcome.isKept());
        json.endObject();
    }

    /** What is not known has no upper end. */
    private static void range(JsonWriter json, String name, CountRange range) throws IOException {
        json.name(name + "AtLeast").value(range.least());
        if (range.most() != AllocationLimit.NONE) {
            json.name(name + "AtMost").value(range.most());
        }
    }

    /** The record's name in the form that all names here have. */
    private static String name(Certification certification) {
        return certification
                .getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }
}
