package io.heapspec.cli;

import io.heapspec.cli.Page.Column;
import io.heapspec.cli.Page.Kind;
import io.heapspec.cli.Page.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A page for the terminal: numbers to the right, the last column as long as it is. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final int[] widths;

    private TextTable(Page page) {
        columns = page.columns();
        widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).name().length();
            for (Row row : page.rows()) {
                widths[i] = Math.max(widths[i], cell(row, i).length());
            }
        }
    }

    static List<String> lines(Page page) {
        List<String> lines = new ArrayList<>(page.summary());
        if (!page.rows().isEmpty()) {
            TextTable table = new TextTable(page);
            lines.add("");
            lines.add(table.line(i -> table.columns.get(i).name()));
            page.rows().forEach(row -> table.add(row, lines));
        }
        if (!page.left().isEmpty()) {
            lines.add(page.left());
        }
        return lines;
    }

    private void add(Row row, List<String> lines) {
        lines.add(line(i -> cell(row, i)));
        row.details().forEach(detail -> lines.add("      " + detail));
        if (!row.details().isEmpty()) {
            lines.add("");
        }
    }

    private String line(IntFunction<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.apply(i);
            String padding = " ".repeat(widths[i] - cell.length());
            boolean isText = columns.get(i).kind() == Kind.TEXT;
            line.append(i == 0 ? "" : GAP).append(isText ? cell + padding : padding + cell);
        }
        return line.toString().stripTrailing();
    }

    private String cell(Row row, int column) {
        return columns.get(column).kind().write(row.cells().get(column));
    }
}
