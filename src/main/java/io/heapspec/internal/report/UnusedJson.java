package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.result.JvmDescription;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** The line of the results for suppressions that matched nothing in a run. */
final class UnusedJson {

    private UnusedJson() {}

    static String line(Map<String, String> sourceByText, JvmDescription jvm) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("promise").value("suppressions");
            json.name("unused").beginArray();
            for (Map.Entry<String, String> each : sourceByText.entrySet()) {
                json.beginObject();
                json.name("suppression").value(each.getKey());
                json.name("source").value(each.getValue());
                json.endObject();
            }
            json.endArray();
            ResultLine.describe(json, jvm);
            json.endObject();
        } catch (IOException aStringHasRoom) {
            throw new UncheckedIOException(aStringHasRoom);
        }
        return text.toString();
    }
}
