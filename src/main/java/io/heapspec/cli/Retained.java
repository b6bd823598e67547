package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import io.heapspec.cli.Page.Column;
import io.heapspec.cli.Page.Kind;
import io.heapspec.internal.report.ChainText;
import io.heapspec.internal.util.Bytes;
import io.heapspec.result.GcRootPath;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What retains most.
 *
 * @param by what a row is
 * @param above the object whose level of the dominator tree it is, as reports show it; empty for the top
 * @param objects how many objects are reachable
 * @param bytes their size
 * @param rowCount how many rows there are
 * @param rows those to list
 */
record Retained(
        String dump, RetainedCommand.By by, String above, long objects, long bytes, int rowCount, List<Row> rows)
        implements PagedFindings {

    /**
     * An object or a class.
     *
     * @param id the address of an object; empty for a class
     * @param instances how many objects
     * @param shallow their own size
     * @param chain what holds the object, if that is asked for
     */
    record Row(
            String name,
            String id,
            long instances,
            long shallow,
            long retainedBytes,
            long retainedObjects,
            @Nullable GcRootPath chain) {}

    @Override
    public Page page() {
        String what = by == RetainedCommand.By.OBJECT ? "object" : "class";
        String summary = dump + ": " + Page.counted(objects, "reachable object") + ", " + Bytes.exact(bytes) + ".";
        return new Page(
                "Retained sizes of " + dump,
                List.of(summary, order()),
                List.of(
                        new Column("retained", Kind.BYTES),
                        new Column("share", Kind.SHARE),
                        new Column("in objects", Kind.COUNT),
                        by == RetainedCommand.By.OBJECT
                                ? new Column("shallow", Kind.BYTES)
                                : new Column("instances", Kind.COUNT),
                        new Column(what, Kind.TEXT)),
                rows.stream().map(this::row).toList(),
                Page.left(rowCount, rows.size(), what));
    }

    private String order() {
        if (by == RetainedCommand.By.CLASS) {
            return "Classes by what would die with all their objects at least; what one retains of another counts once.";
        }
        String which = above.isEmpty() ? "that no other object dominates" : "whose immediate dominator is " + above;
        return "Objects " + which + ", by what would die with each.";
    }

    private Page.Row row(Row row) {
        boolean isObject = by == RetainedCommand.By.OBJECT;
        List<String> details = row.chain() == null
                ? List.of()
                : ChainText.lines(row.chain(), row.chain().leakedClass(), "");
        return new Page.Row(
                List.of(
                        row.retainedBytes(),
                        bytes == 0 ? 0L : Math.round(1000.0 * row.retainedBytes() / bytes),
                        row.retainedObjects(),
                        isObject ? row.shallow() : row.instances(),
                        isObject ? row.name() + " " + row.id() : row.name()),
                details);
    }

    @Override
    public void json(JsonWriter json) throws IOException {
        json.name("dump").value(dump);
        json.name("by").value(by.name().toLowerCase(Locale.ROOT));
        if (!above.isEmpty()) {
            json.name("below").value(above);
        }
        json.name("reachableObjects").value(objects);
        json.name("reachableBytes").value(bytes);
        json.name("count").value(rowCount);
        json.name("rows").beginArray();
        for (Row row : rows) {
            json.beginObject();
            json.name("class").value(row.name());
            if (by == RetainedCommand.By.OBJECT) {
                json.name("id").value(row.id());
            } else {
                json.name("objects").value(row.instances());
            }
            json.name("bytes").value(row.shallow());
            json.name("retainedBytes").value(row.retainedBytes());
            json.name("retainedObjects").value(row.retainedObjects());
            if (row.chain() != null) {
                json.name("path");
                ChainJson.write(json, row.chain());
            }
            json.endObject();
        }
        json.endArray();
    }
}
