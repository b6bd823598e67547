package io.heapspec.cli;

import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ReadingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command about one dump. */
abstract class DumpCommand extends AnalysisCommand {
    @Parameters(paramLabel = "DUMP", description = "A heap dump (.hprof).")
    private Path dump = Path.of("");

    final Path dump() {
        return dump;
    }

    @Override
    final List<Path> dumps() {
        return List.of(dump);
    }

    @Override
    final Findings analyse(Progress stages) throws IOException {
        stages.isAt(dump, ReadingProgress.Step.READING, 0);
        try (HeapGraph graph = HeapGraph.open(dump, stages)) {
            return analyse(graph, stages);
        }
    }

    /** Returns the object at an address that was given. */
    final int at(HeapGraph graph, long address) {
        int object = graph.indexOf(address);
        if (object < 0) {
            throw wrong("No object of the dump is at 0x" + Long.toHexString(address));
        }
        return object;
    }

    /** Looks into the dump. */
    abstract Findings analyse(HeapGraph graph, Progress stages) throws IOException;
}
