package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.Reason;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * What all lines of the results have: the test, what was promised, the verdict, and the JVM. What is said of the promise comes between.
 *
 * @param promise its name
 * @param reason the verdict's reason
 * @param detail the reason in words
 */
record ResultLine(String promise, Reason reason, String detail) {

    String about(TestName test, JvmDescription jvm, Part part) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("uniqueId").value(test.uniqueId());
            json.name("test").value(test.shortName());
            json.name("promise").value(promise);
            json.name("verdict").value(lower(reason.verdict()));
            json.name("reason").value(lower(reason));
            json.name("detail").value(detail);
            part.write(json);
            describe(json, jvm);
            json.endObject();
        } catch (IOException aStringHasRoom) {
            throw new UncheckedIOException(aStringHasRoom);
        }
        return text.toString();
    }

    static void describe(JsonWriter json, JvmDescription jvm) throws IOException {
        json.name("jvm").beginObject();
        json.name("version").value(jvm.version());
        json.name("vm").value(jvm.vm());
        json.name("collector").value(jvm.collector());
        json.name("maxHeapBytes").value(jvm.maxHeapBytes());
        json.endObject();
    }

    /** Milliseconds with one digit after the point. */
    static double millis(double value) {
        return Math.round(value * 10) / 10.0;
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Writes some fields. */
    @FunctionalInterface
    interface Part {
        void write(JsonWriter json) throws IOException;
    }
}
