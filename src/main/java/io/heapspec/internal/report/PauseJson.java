package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.internal.util.Durations;
import io.heapspec.result.GcPause;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.PauseJudgement;
import io.heapspec.result.PauseLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The line of the results for a {@code @MaxGcPauses}. */
final class PauseJson {

    private static final int MOST = 200;

    private PauseJson() {}

    static String line(TestName test, PauseJudgement judgement, JvmDescription jvm) {
        return new ResultLine("maxGcPauses", judgement.reason(), judgement.detail())
                .about(test, jvm, json -> write(json, judgement));
    }

    private static void write(JsonWriter json, PauseJudgement judgement) throws IOException {
        PauseLimit limit = judgement.limit();
        if (limit.count() != PauseLimit.NONE) {
            json.name("mostPauses").value(limit.count());
        }
        millis(json, "longestAllowedMillis", limit.longest());
        millis(json, "totalAllowedMillis", limit.total());
        json.name("countedPauses").value(judgement.counted());
        json.name("tracedPauses").value(judgement.pauses().size());
        millis(json, "longestMillis", judgement.longest());
        millis(json, "totalMillis", judgement.total());
        json.name("allocatedBytes").value(judgement.allocatedBytes());
        json.name("pauses").beginArray();
        List<GcPause> pauses = judgement.pauses();
        for (GcPause pause : pauses.subList(0, Math.min(MOST, pauses.size()))) {
            json.beginObject();
            json.name("name").value(pause.name());
            json.name("collection").value(pause.collection());
            json.name("cause").value(pause.cause());
            millis(json, "pauseMillis", pause.duration());
            json.name("heapBefore").value(pause.heapBefore());
            json.name("heapAfter").value(pause.heapAfter());
            json.endObject();
        }
        json.endArray();
    }

    /** Pauses of ZGC take some thousandths of a millisecond. */
    private static void millis(JsonWriter json, String name, @Nullable Duration duration) throws IOException {
        if (duration != null) {
            json.name(name).value(Math.round(Durations.inMillis(duration) * 1e3) / 1e3);
        }
    }
}
