package io.heapspec.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One leak: everything that piles up at one accumulation point.
 *
 * @param fingerprint the same for the same leak in every run: it holds no address, index or number
 * @param kind what piles up
 * @param severity how soon it is felt
 * @param chain one representative retention chain
 * @param objectsPerRun leaked objects, or references to one object, added by each run; 0 where an array only becomes longer
 * @param bytesPerRun bytes that each run adds below the accumulation point, shallow sizes of all that grew
 * @param retainedBytes bytes that would die with one leaked object
 * @param retainedObjects objects that would die with one leaked object, itself included
 * @param referencesOnly whether no new objects are added, only references to objects that were there
 * @param origins where the leaked objects are made, as far as that was looked for
 * @param thread for threads that never end, one of them; null for anything else, and if none was found alive
 * @since 0.1
 */
public record Leak(
        String fingerprint,
        LeakKind kind,
        Severity severity,
        GcRootPath chain,
        double objectsPerRun,
        double bytesPerRun,
        long retainedBytes,
        long retainedObjects,
        boolean referencesOnly,
        List<Origin> origins,
        @Nullable LeakedThread thread)
        implements Finding {

    public Leak {
        origins = List.copyOf(origins);
    }

    /** A leak of which no more is known than what the heap shows. */
    public Leak(
            String fingerprint,
            LeakKind kind,
            Severity severity,
            GcRootPath chain,
            double objectsPerRun,
            double bytesPerRun,
            long retainedBytes,
            long retainedObjects,
            boolean referencesOnly) {
        this(
                fingerprint,
                kind,
                severity,
                chain,
                objectsPerRun,
                bytesPerRun,
                retainedBytes,
                retainedObjects,
                referencesOnly,
                List.of(),
                null);
    }

    @Override
    public String leakedClass() {
        return chain.leakedClass();
    }

    @Override
    public String place() {
        String root = chain.root().text();
        String point = chain.accumulationPoint();
        return leakedClass() + " in " + (point.equals(root) ? root : point + ", " + root);
    }

    /** Returns the same leak with what else is known of it. */
    public Leak with(List<Origin> known, @Nullable LeakedThread alive) {
        return new Leak(
                fingerprint,
                kind,
                severity,
                chain,
                objectsPerRun,
                bytesPerRun,
                retainedBytes,
                retainedObjects,
                referencesOnly,
                known,
                alive);
    }
}
