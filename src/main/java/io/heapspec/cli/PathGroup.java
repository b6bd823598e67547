package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.RetainedSizes;
import io.heapspec.internal.report.ChainText;
import io.heapspec.internal.util.Bytes;
import io.heapspec.result.GcRootPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects that are held by the same chains.
 *
 * @param chains one, or several that have no object in common
 * @param objects the objects
 * @param bytes their shallow size
 * @param example the address of the first
 * @param retained what would die with all of them, if that was asked for
 */
record PathGroup(
        List<GcRootPath> chains,
        int[] objects,
        long bytes,
        String example,
        @Nullable RetainedSizes retained) {

    static PathGroup of(HeapGraph graph, List<GcRootPath> chains, List<Integer> objects) {
        int[] numbers = objects.stream().mapToInt(each -> each).toArray();
        long bytes = objects.stream().mapToLong(graph::shallowSize).sum();
        return new PathGroup(chains, numbers, bytes, "0x" + Long.toHexString(graph.idOf(numbers[0])), null);
    }

    PathGroup retaining(RetainedSizes sizes) {
        return new PathGroup(chains, objects, bytes, example, sizes);
    }

    String className() {
        return chains.get(0).leakedClass();
    }

    /** Returns the chains as lines. */
    List<String> text() {
        String leaf = className();
        if (retained != null) {
            leaf += (objects.length == 1 ? ", retains " : ", together they retain ")
                    + Bytes.exact(retained.bytesTogether()) + " in "
                    + Page.counted(retained.objectsTogether(), "object");
        }
        List<String> lines = new ArrayList<>();
        for (GcRootPath chain : chains) {
            lines.addAll(ChainText.lines(chain, lines.isEmpty() ? leaf : chain.leakedClass(), ""));
        }
        return lines;
    }

    void json(JsonWriter json) throws IOException {
        json.beginObject();
        json.name("class").value(className());
        json.name("objects").value(objects.length);
        json.name("bytes").value(bytes);
        json.name("example").value(example);
        if (retained != null) {
            json.name("retainedBytes").value(retained.bytesTogether());
            json.name("retainedObjects").value(retained.objectsTogether());
        }
        json.name("chains").beginArray();
        for (GcRootPath chain : chains) {
            ChainJson.write(json, chain);
        }
        json.endArray();
        json.endObject();
    }
}
