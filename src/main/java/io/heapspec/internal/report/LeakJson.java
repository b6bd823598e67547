package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.internal.advice.Diagnoses;
import io.heapspec.internal.advice.Diagnosis;
import io.heapspec.result.Block;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakJudgement;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.Origin;
import io.heapspec.result.SuppressedLeak;
import io.heapspec.result.UnclosedResource;
import java.io.IOException;
import java.util.List;

/** The line of the results for a {@code @NoLeak}. */
final class LeakJson {

    private LeakJson() {}

    static String line(TestName test, LeakJudgement judgement, Diagnoses diagnoses, JvmDescription jvm) {
        return new ResultLine("noLeak", judgement.reason(), judgement.detail())
                .about(test, jvm, json -> write(json, judgement, diagnoses));
    }

    private static void write(JsonWriter json, LeakJudgement judgement, Diagnoses diagnoses) throws IOException {
        json.name("sensitivity").value(judgement.sensitivity());
        json.name("reruns").value(judgement.reruns());
        json.name("blocks").beginArray();
        for (Block block : judgement.blocks()) {
            json.beginObject();
            json.name("runs").value(block.runs());
            json.name("growth").value(block.growth());
            json.endObject();
        }
        json.endArray();
        json.name("leaks").beginArray();
        for (Leak leak : judgement.leaks()) {
            leak(json, leak, diagnoses.of(leak));
        }
        json.endArray();
        json.name("unclosed").beginArray();
        for (UnclosedResource resource : judgement.unclosed()) {
            unclosed(json, resource);
        }
        json.endArray();
        json.name("suppressed").beginArray();
        for (SuppressedLeak each : judgement.suppressed()) {
            json.beginObject();
            json.name("fate").value(ResultLine.lower(each.fate()));
            json.name("by").value(each.by());
            json.name("fingerprint").value(each.found().fingerprint());
            json.name("kind").value(ResultLine.lower(each.found().kind()));
            json.name("leakedClass").value(each.found().leakedClass());
            json.name("place").value(each.found().place());
            json.endObject();
        }
        json.endArray();
        TraceJson.write(json, judgement.reconciliation());
        TraceJson.write(json, judgement.trace());
        json.name("screenMillis").value(ResultLine.millis(judgement.costs().screenMillis()));
        json.name("confirmMillis").value(ResultLine.millis(judgement.costs().confirmMillis()));
        json.name("explainMillis").value(ResultLine.millis(judgement.costs().explainMillis()));
    }

    private static void leak(JsonWriter json, Leak leak, Diagnosis diagnosis) throws IOException {
        json.beginObject();
        json.name("fingerprint").value(leak.fingerprint());
        json.name("kind").value(ResultLine.lower(leak.kind()));
        json.name("severity").value(ResultLine.lower(leak.severity()));
        ChainJson.write(json, leak.chain());
        json.name("objectsPerRun").value(leak.objectsPerRun());
        json.name("bytesPerRun").value(leak.bytesPerRun());
        json.name("retainedBytes").value(leak.retainedBytes());
        json.name("retainedObjects").value(leak.retainedObjects());
        json.name("referencesOnly").value(leak.referencesOnly());
        json.name("holder").value(diagnosis.holder().word());
        if (diagnosis.site().isPresent()) {
            json.name("knownSite").value(diagnosis.site().get().id());
        }
        if (diagnosis.firstSeenIn().isPresent()) {
            json.name("firstSeenIn").value(diagnosis.firstSeenIn().get());
        }
        origins(json, "madeAt", leak.origins());
        LeakedThread thread = leak.thread();
        if (thread != null) {
            json.name("thread");
            ThreadJson.write(json, thread);
        }
        json.endObject();
    }

    private static void unclosed(JsonWriter json, UnclosedResource resource) throws IOException {
        json.beginObject();
        json.name("fingerprint").value(resource.fingerprint());
        json.name("kind").value(ResultLine.lower(resource.kind()));
        json.name("severity").value(ResultLine.lower(resource.severity()));
        json.name("class").value(resource.className());
        json.name("perRun").value(resource.perRun());
        json.name("closedByCollector").value(resource.closedByCollector());
        json.name("descriptors").beginObject();
        for (String sort : resource.sorts()) {
            json.name(sort).value(resource.descriptors().get(sort));
        }
        json.endObject();
        origins(json, "openedAt", resource.origins());
        json.endObject();
    }

    private static void origins(JsonWriter json, String name, List<Origin> origins) throws IOException {
        json.name(name).beginArray();
        for (Origin origin : origins) {
            json.beginObject();
            json.name("thread").value(origin.thread());
            stack(json, "stack", OriginText.withoutRunner(origin.stack()));
            json.endObject();
        }
        json.endArray();
    }

    private static void stack(JsonWriter json, String name, List<StackTraceElement> stack) throws IOException {
        json.name(name).beginArray();
        for (StackTraceElement frame : stack) {
            json.value(frame.toString());
        }
        json.endArray();
    }
}
