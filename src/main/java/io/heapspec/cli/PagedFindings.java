package io.heapspec.cli;

import java.util.List;

/** Findings that are a list of something, and so make a page. */
interface PagedFindings extends Findings {
    /** Returns what there is to read. */
    Page page();

    @Override
    default List<String> text() {
        return TextTable.lines(page());
    }
}
