package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.ThreadJudgement;
import io.heapspec.result.UncaughtException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The line of the results for a {@code @NoThreadLeak}. */
final class ThreadJson {

    /** Ten thousand stacks would make a line that nobody reads. */
    private static final int MOST = 200;

    private ThreadJson() {}

    static String line(TestName test, ThreadJudgement judgement, JvmDescription jvm) {
        return new ResultLine("noThreadLeak", judgement.reason(), judgement.detail())
                .about(test, jvm, json -> write(json, judgement));
    }

    private static void write(JsonWriter json, ThreadJudgement judgement) throws IOException {
        json.name("threadsLeft").value(judgement.threads().size());
        threads(json, "threads", judgement.threads());
        threads(json, "endedByCollection", judgement.endedByCollection());
        json.name("uncaught").beginArray();
        for (UncaughtException each : judgement.uncaught()) {
            json.beginObject();
            json.name("thread").value(each.thread());
            json.name("exception").value(each.exception());
            strings(json, "stack", each.stack());
            json.endObject();
        }
        json.endArray();
        strings(json, "allowed", judgement.allowed());
        json.name("judgeMillis").value(ResultLine.millis(judgement.millis()));
    }

    private static void threads(JsonWriter json, String name, List<LeakedThread> threads) throws IOException {
        json.name(name).beginArray();
        for (LeakedThread thread : threads.subList(0, Math.min(MOST, threads.size()))) {
            write(json, thread);
        }
        json.endArray();
    }

    /** Writes one thread. */
    static void write(JsonWriter json, LeakedThread thread) throws IOException {
        json.beginObject();
        json.name("id").value(thread.id());
        json.name("name").value(thread.name());
        json.name("state").value(thread.state().toLowerCase(Locale.ROOT));
        json.name("daemon").value(thread.daemon());
        json.name("virtual").value(thread.virtual());
        json.name("group").value(thread.group());
        json.name("owner").value(ResultLine.lower(thread.owner()));
        json.name("inNative").value(thread.inNative());
        strings(json, "stack", thread.stack());
        json.endObject();
    }

    private static void strings(JsonWriter json, String name, List<String> values) throws IOException {
        json.name(name).beginArray();
        for (String value : values.subList(0, Math.min(MOST, values.size()))) {
            json.value(value);
        }
        json.endArray();
    }
}
