package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import io.heapspec.cli.Page.Column;
import io.heapspec.cli.Page.Kind;
import io.heapspec.result.HeapCounts;
import io.heapspec.result.HeapMetric;
import io.heapspec.result.PathGrowth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What grew between dumps.
 *
 * @param dumps the files
 * @param measure by which they are compared
 * @param all whether what shrank is there as well
 * @param pathCount how many paths
 * @param paths those to list
 * @param tooMuch whether one grew by so much that the command is to fail
 */
record Diff(List<String> dumps, Measure measure, boolean all, int pathCount, List<PathGrowth> paths, boolean tooMuch)
        implements PagedFindings {
    @Override
    public Page page() {
        return new Page(
                "Growth from " + dumps.get(0) + " to " + dumps.get(dumps.size() - 1),
                List.of(summary()),
                columns(),
                paths.stream().map(this::row).toList(),
                Page.left(pathCount, paths.size(), "path"));
    }

    private String metric() {
        return measure.metric().name().toLowerCase(Locale.ROOT);
    }

    private String summary() {
        String verb = all ? " changed" : dumps.size() > 2 ? " grew throughout" : " grew";
        String by = " by " + (measure.metric() == HeapMetric.RETAINED ? "retained size" : metric())
                + (measure.cumulative() ? ", with all that leads on from it" : "");
        return String.join(" -> ", dumps) + ": " + Page.counted(pathCount, "path") + verb + by + ".";
    }

    private List<Column> columns() {
        boolean counts = measure.metric() == HeapMetric.OBJECTS;
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("growth", counts ? Kind.MORE : Kind.MORE_BYTES));
        columns.add(new Column("cumulative", counts ? Kind.MORE : Kind.MORE_BYTES));
        for (int dump = 1; dump <= dumps.size(); dump++) {
            columns.add(new Column("in " + dump, counts ? Kind.COUNT : Kind.BYTES));
        }
        columns.add(new Column("class", Kind.TEXT));
        return columns;
    }

    private Page.Row row(PathGrowth path) {
        List<Object> cells = new ArrayList<>();
        cells.add(path.growth(measure.metric()));
        cells.add(path.cumulativeGrowth(measure.metric()));
        cells.addAll(measure.values(path));
        cells.add(path.className());
        List<String> steps = new ArrayList<>();
        String indent = "";
        for (String step : path.steps()) {
            steps.add(steps.isEmpty() ? step : indent + "└ " + step);
            indent += "  ";
        }
        return new Page.Row(cells, steps);
    }

    @Override
    public void json(JsonWriter json) throws IOException {
        json.name("dumps").beginArray();
        for (String dump : dumps) {
            json.value(dump);
        }
        json.endArray();
        json.name("metric").value(metric());
        json.name("byCumulative").value(measure.cumulative());
        json.name("count").value(pathCount);
        json.name("rows").beginArray();
        for (PathGrowth path : paths) {
            json.beginObject();
            json.name("class").value(path.className());
            json.name("steps").beginArray();
            for (String step : path.steps()) {
                json.value(step);
            }
            json.endArray();
            json.name("growth").value(path.growth(measure.metric()));
            json.name("cumulativeGrowth").value(path.cumulativeGrowth(measure.metric()));
            counts(json.name("flat"), path.flat());
            counts(json.name("cumulative"), path.cumulative());
            json.endObject();
        }
        json.endArray();
    }

    private void counts(JsonWriter json, List<HeapCounts> counts) throws IOException {
        json.beginArray();
        for (HeapCounts each : counts) {
            json.beginObject();
            json.name("objects").value(each.objects());
            json.name("bytes").value(each.bytes());
            if (measure.metric() == HeapMetric.RETAINED) {
                json.name("retained").value(each.retained());
            }
            json.endObject();
        }
        json.endArray();
    }

    @Override
    public int exitCode() {
        return tooMuch ? ExitCode.FOUND : ExitCode.OK;
    }
}
