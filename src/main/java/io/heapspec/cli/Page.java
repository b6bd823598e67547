package io.heapspec.cli;

import io.heapspec.internal.util.Bytes;
import java.util.List;
import java.util.Locale;

/**
 * Findings as a person reads them, in a terminal or a browser: a summary, and a table with details below its rows.
 *
 * @param title what this is
 * @param summary sentences above the table
 * @param columns what each row has
 * @param rows the table
 * @param left a sentence on what is not shown; empty if nothing is left out
 */
record Page(String title, List<String> summary, List<Column> columns, List<Row> rows, String left) {
    Page {
        summary = List.copyOf(summary);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** How the values of a column are written. */
    enum Kind {
        /** A name. */
        TEXT,
        /** A number. */
        COUNT,
        /** A size. */
        BYTES,
        /** A share, in thousandths. */
        SHARE,
        /** A difference of numbers. */
        MORE,
        /** A difference of sizes. */
        MORE_BYTES;

        String write(Object value) {
            return switch (this) {
                case TEXT -> value.toString();
                case COUNT -> count((Long) value);
                case BYTES -> Bytes.exact((Long) value);
                case SHARE -> String.format(Locale.ROOT, "%.1f %%", (Long) value / 10.0);
                case MORE -> sign((Long) value) + count((Long) value);
                case MORE_BYTES -> sign((Long) value) + Bytes.exact((Long) value);
            };
        }

        private static String sign(long value) {
            return value > 0 ? "+" : "";
        }
    }

    /** A column. */
    record Column(String name, Kind kind) {}

    /**
     * A row.
     *
     * @param cells texts and longs, as the columns say
     * @param details lines to show below it, such as a chain
     */
    record Row(List<Object> cells, List<String> details) {
        Row {
            cells = List.copyOf(cells);
            details = List.copyOf(details);
        }
    }

    /** Writes a number: {@code 1,234}. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Writes a number of things: {@code 1,234 objects}. */
    static String counted(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : noun.endsWith("s") ? "es" : "s");
    }

    /** Writes what is not shown, if anything is. */
    static String left(long all, long shown, String noun) {
        return all == shown ? "" : "... and " + counted(all - shown, "more " + noun) + "; --top 0 shows all.";
    }
}
