package io.heapspec.internal.protocol;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.gc.HeapDumper.Dump;
import io.heapspec.result.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The dumps that frame the long blocks: before and after them, and, where these do not suffice, one later. Deleted when closed. */
final class Dumps implements AutoCloseable {

    private final HeapDumper dumper;
    private final Path folder;
    private final @Nullable Dump[] dumps = new Dump[3];

    Dumps(HeapDumper dumper, Path folder) {
        this.dumper = dumper;
        this.folder = folder;
    }

    /** Makes room for all dumps, too: what belongs to a later one would be growth in it. */
    void first() throws NotMeasurableException {
        try {
            for (int i = 0; i < dumps.length; i++) {
                dumps[i] = dumper.prepare(folder);
            }
        } catch (IOException e) {
            throw none(e.getMessage(), e);
        }
        dump(0);
    }

    void last() throws NotMeasurableException {
        dump(1);
    }

    void later() throws NotMeasurableException {
        dump(2);
    }

    HeapGraph openFirst() throws IOException {
        return open(dumps[0]);
    }

    HeapGraph openLast() throws IOException {
        return open(dumps[1]);
    }

    HeapGraph openLater() throws IOException {
        return open(dumps[2]);
    }

    /** Says that growth was confirmed and cannot be explained. */
    static NotMeasurableException none(@Nullable String why, @Nullable Exception cause) {
        return new NotMeasurableException(
                Reason.NO_DUMP, "growth was confirmed, but there is no heap dump to explain it by: " + why, cause);
    }

    private void dump(int number) throws NotMeasurableException {
        Dump prepared = dumps[number];
        if (prepared == null) {
            throw new IllegalStateException("no room was made");
        }
        try {
            dumps[number] = dumper.dump(prepared);
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

    @Override
    public void close() throws IOException {
        for (Dump dump : dumps) {
            if (dump != null) {
                dump.close();
            }
        }
    }
}
