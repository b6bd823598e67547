package io.heapspec.internal.report;

import io.heapspec.result.GcRootPath;
import io.heapspec.result.PathElement;
import java.util.ArrayList;
import java.util.List;

/** A retention chain as text: a line for the root, one for each hop, each further in, and one for the object at its end. */
public final class ChainText {

    private ChainText() {}

    /**
     * Writes a chain.
     *
     * @param leaf what to say of the object at the end, its class first
     * @param mark what to append to the accumulation point, if there is one
     */
    public static List<String> lines(GcRootPath chain, String leaf, String mark) {
        List<String> lines = new ArrayList<>();
        lines.add("GC root: " + chain.root().text() + (chain.rootIsAccumulationPoint() ? mark : ""));
        String indent = "  ";
        for (PathElement element : chain.elements()) {
            String hop = indent + "└ " + element.holderClass() + "  " + element.edge();
            lines.add(element.accumulationPoint() ? hop + mark : hop);
            indent += "  ";
        }
        lines.add(indent + "└ " + leaf);
        return lines;
    }
}
