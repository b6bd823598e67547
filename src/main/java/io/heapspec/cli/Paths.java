package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import io.heapspec.cli.Page.Column;
import io.heapspec.cli.Page.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The chains that hold some objects.
 *
 * @param target the objects, as they were asked for
 * @param found how many there are
 * @param searched how many were looked at
 * @param reached to how many a chain leads
 * @param groupCount how many different chains
 * @param groups those to list
 * @param failOnFound whether it is a failure that some are alive
 */
record Paths(
        String dump,
        String target,
        int found,
        int searched,
        int reached,
        int groupCount,
        List<PathGroup> groups,
        boolean failOnFound)
        implements PagedFindings {
    @Override
    public Page page() {
        return new Page(
                "Paths to " + target + " in " + dump,
                List.of(summary()),
                columns(),
                groups.stream().map(this::row).toList(),
                Page.left(groupCount, groups.size(), "chain"));
    }

    private String summary() {
        String objects =
                dump + ": " + Page.counted(found, "object") + (target.startsWith("0x") ? " at " : " of ") + target;
        if (found == 0) {
            return objects + ".";
        }
        String looked = searched < found ? ", of which " + Page.count(searched) + " were looked at" : "";
        String dead = reached < searched ? ", " + Page.count(searched - reached) + " held by nothing" : "";
        return objects + looked + dead + "; " + Page.counted(groupCount, "chain") + ".";
    }

    private boolean hasRetained() {
        return groups.stream().anyMatch(group -> group.retained() != null);
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("objects", Kind.COUNT));
        columns.add(new Column("shallow", Kind.BYTES));
        if (hasRetained()) {
            columns.add(new Column("retained", Kind.BYTES));
        }
        columns.add(new Column("class", Kind.TEXT));
        columns.add(new Column("first", Kind.TEXT));
        return columns;
    }

    private Page.Row row(PathGroup group) {
        List<Object> cells = new ArrayList<>(List.of((long) group.objects().length, group.bytes()));
        if (group.retained() != null) {
            cells.add(group.retained().bytesTogether());
        }
        cells.add(group.className());
        cells.add(group.example());
        return new Page.Row(cells, group.text());
    }

    @Override
    public void json(JsonWriter json) throws IOException {
        json.name("dump").value(dump);
        json.name("target").value(target);
        json.name("objects").value(found);
        json.name("searched").value(searched);
        json.name("reached").value(reached);
        json.name("groups").value(groupCount);
        json.name("rows").beginArray();
        for (PathGroup group : groups) {
            group.json(json);
        }
        json.endArray();
    }

    @Override
    public int exitCode() {
        return failOnFound && reached > 0 ? ExitCode.FOUND : ExitCode.OK;
    }
}
