package io.heapspec.internal.protocol;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.gc.HeapDumper.Dump;
import io.heapspec.internal.retention.AllowedRetention;
import io.heapspec.internal.retention.LeakFinder;
import io.heapspec.internal.retention.LeakFinder.Question;
import io.heapspec.internal.retention.Suspicion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Explains a leak in two tiny dumps that come with HeapSpec, once in a JVM and before anything is dumped.
 *
 * <p>So the classes that explaining needs, and what the JVM keeps for each of them by name, are there when the first real dump is written. Without
 * that they would be growth between the second dump and a third one, which is written after the first two were read, and confirm what had
 * happened just once before.
 */
final class Rehearsal {

    /** How many objects the later dump has more. */
    static final int RUNS = 8;

    private static final System.Logger LOGGER = System.getLogger(Rehearsal.class.getName());
    private static final Question QUESTION = new Question(
            AllowedRetention.parse(List.of()),
            new Suspicion(Set.of("acme.Session"), Set.of("java.lang.Object[]")),
            runs -> runs,
            field -> false);

    private boolean done;

    /** Rehearses, unless that is done; if it cannot be, nothing is lost but what it is for. */
    void once(HeapDumper dumper, Path folder) {
        if (done) {
            return;
        }
        done = true;
        try (Dump first = dumper.prepare(folder);
                Dump last = dumper.prepare(folder)) {
            copy("rehearsal-first.dump", first);
            copy("rehearsal-last.dump", last);
            find(first, last);
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "could not rehearse", e);
        }
    }

    /** Returns how many leaks there are: one that piles up, and one of references. */
    static int find(Dump first, Dump last) throws IOException {
        try (HeapGraph graph = HeapGraph.open(last.file())) {
            LeakFinder finder = LeakFinder.compare(QUESTION, () -> HeapGraph.open(first.file()), graph, RUNS);
            boolean ambiguous = finder.isAmbiguous();
            int leaks = finder.leaks().size();
            boolean known =
                    finder.growsBehindSoftReferences() || finder.fillsArraysOnly() || finder.growsOutsideTheTest();
            LOGGER.log(Level.DEBUG, () -> "rehearsed: " + leaks + " leaks, " + ambiguous + ", " + known);
            finder.confirm(graph, RUNS);
            return leaks;
        }
    }

    private static void copy(String resource, Dump to) throws IOException {
        try (InputStream from = Rehearsal.class.getResourceAsStream(resource)) {
            if (from == null) {
                throw new IOException(resource + " is missing");
            }
            Files.copy(from, to.file());
        }
    }
}
