package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.result.ClassLoaderJudgement;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.JvmDescription;
import java.io.IOException;

/** The line of the results for a {@code @NoClassLoaderLeak}. */
final class LoaderJson {

    private LoaderJson() {}

    static String line(TestName test, ClassLoaderJudgement judgement, JvmDescription jvm) {
        return new ResultLine("noClassLoaderLeak", judgement.reason(), judgement.detail())
                .about(test, jvm, json -> write(json, judgement));
    }

    private static void write(JsonWriter json, ClassLoaderJudgement judgement) throws IOException {
        if (!judgement.cure().isEmpty()) {
            json.name("cure").value(judgement.cure());
        }
        json.name("loadedClasses").value(judgement.classes());
        GcRootPath chain = judgement.chain();
        if (chain != null) {
            ChainJson.write(json, chain);
        }
        json.name("judgeMillis").value(ResultLine.millis(judgement.judgeMillis()));
    }
}
