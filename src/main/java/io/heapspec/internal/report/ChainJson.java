package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.PathElement;
import java.io.IOException;

/** A retention chain in the results: where it starts, each hop, and the class of the object at its end. */
final class ChainJson {

    private ChainJson() {}

    static void write(JsonWriter json, GcRootPath chain) throws IOException {
        json.name("leakedClass").value(chain.leakedClass());
        json.name("rootKind").value(ResultLine.lower(chain.root().kind()));
        json.name("root").value(chain.root().text());
        json.name("accumulationPoint").value(chain.accumulationPoint());
        json.name("chain").beginArray();
        for (PathElement element : chain.elements()) {
            json.beginObject();
            json.name("class").value(element.holderClass());
            json.name("edge").value(element.edge());
            json.name("accumulates").value(element.accumulationPoint());
            json.endObject();
        }
        json.endArray();
    }
}
