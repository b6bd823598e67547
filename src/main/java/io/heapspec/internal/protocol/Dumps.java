package io.heapspec.internal.protocol;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.gc.HeapDumper.Dump;
import io.heapspec.internal.retention.DumpSeries;
import io.heapspec.result.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The dumps that frame the long blocks: before, between and after them. Deleted when closed. */
final class Dumps implements DumpSeries, AutoCloseable {

    private final HeapDumper dumper;
    private final Path folder;
    private @Nullable Dump first;
    private @Nullable Dump middle;
    private @Nullable Dump last;
    private int runsToMiddle;
    private int runs;

    Dumps(HeapDumper dumper, Path folder) {
        this.dumper = dumper;
        this.folder = folder;
    }

    void first() throws NotMeasurableException {
        delete(first);
        first = dump();
    }

    void middle(int runsSoFar) throws NotMeasurableException {
        delete(middle);
        middle = dump();
        runsToMiddle = runsSoFar;
    }

    void last(int runsAltogether) throws NotMeasurableException {
        last = dump();
        runs = runsAltogether;
    }

    @Override
    public HeapGraph openFirst() throws IOException {
        return open(first);
    }

    @Override
    public HeapGraph openMiddle() throws IOException {
        return open(middle);
    }

    HeapGraph openLast() throws IOException {
        return open(last);
    }

    @Override
    public int runsToMiddle() {
        return runsToMiddle;
    }

    @Override
    public int runs() {
        return runs;
    }

    /** Says that growth was confirmed and cannot be explained. */
    static NotMeasurableException none(@Nullable String why, @Nullable Exception cause) {
        return new NotMeasurableException(
                Reason.NO_DUMP, "growth was confirmed, but there is no heap dump to explain it by: " + why, cause);
    }

    private Dump dump() throws NotMeasurableException {
        try {
            return dumper.dump(folder);
        } catch (IOException | CollectionNotConfirmedException e) {
            throw none(e.getMessage(), e);
        }
    }

    private static HeapGraph open(@Nullable Dump dump) throws IOException {
        if (dump == null) {
            throw new IllegalStateException("not dumped yet");
        }
        return HeapGraph.open(dump.file());
    }

    private static void delete(@Nullable Dump dump) throws NotMeasurableException {
        if (dump != null) {
            try {
                dump.close();
            } catch (IOException e) {
                throw none("an earlier dump cannot be deleted: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Dump dump : new Dump[] {first, middle, last}) {
            if (dump != null) {
                dump.close();
            }
        }
    }
}
