package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.PathElement;
import java.io.IOException;
import java.util.Locale;

/** A chain as JSON, in the words of the results file. */
final class ChainJson {
    private ChainJson() {}

    static void write(JsonWriter json, GcRootPath chain) throws IOException {
        json.beginObject();
        json.name("rootKind").value(chain.root().kind().name().toLowerCase(Locale.ROOT));
        json.name("root").value(chain.root().text());
        json.name("chain").beginArray();
        for (PathElement element : chain.elements()) {
            json.beginObject();
            json.name("class").value(element.holderClass());
            json.name("edge").value(element.edge());
            json.endObject();
        }
        json.endArray();
        json.name("class").value(chain.leakedClass());
        json.endObject();
    }
}
