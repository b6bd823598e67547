package io.heapspec.result;

/**
 * One leak: everything that piles up at one accumulation point.
 *
 * @param fingerprint the same for the same leak in every run: it holds no address, index or number
 * @param kind what piles up
 * @param chain one representative retention chain
 * @param objectsPerRun leaked objects, or references to one object, added by each run; 0 where an array only becomes longer
 * @param bytesPerRun bytes that each run adds below the accumulation point, shallow sizes of all that grew
 * @param retainedBytes bytes that would die with one leaked object
 * @param retainedObjects objects that would die with one leaked object, itself included
 * @param referencesOnly whether no new objects are added, only references to objects that were there
 * @since 0.1
 */
public record Leak(
        String fingerprint,
        LeakKind kind,
        GcRootPath chain,
        double objectsPerRun,
        double bytesPerRun,
        long retainedBytes,
        long retainedObjects,
        boolean referencesOnly) {}
