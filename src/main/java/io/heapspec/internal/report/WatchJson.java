package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.RetainedObject;
import io.heapspec.result.WatchJudgement;
import java.io.IOException;

/** The line of the results for a {@code LeakWatcher}. */
final class WatchJson {

    private WatchJson() {}

    static String line(TestName test, WatchJudgement judgement, JvmDescription jvm) {
        return new ResultLine("leakWatcher", judgement.reason(), judgement.detail())
                .about(test, jvm, json -> write(json, judgement));
    }

    private static void write(JsonWriter json, WatchJudgement judgement) throws IOException {
        json.name("watched").value(judgement.watched());
        json.name("retained").beginArray();
        for (RetainedObject each : judgement.retained()) {
            json.beginObject();
            json.name("class").value(each.className());
            json.name("why").value(each.why());
            GcRootPath chain = each.chain();
            if (chain != null) {
                ChainJson.write(json, chain);
            }
            json.name("retainedBytes").value(each.retainedBytes());
            json.name("retainedObjects").value(each.retainedObjects());
            json.endObject();
        }
        json.endArray();
        json.name("judgeMillis").value(ResultLine.millis(judgement.judgeMillis()));
    }
}
