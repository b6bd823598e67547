package io.heapspec.result;

import org.jspecify.annotations.Nullable;

/**
 * An object that should have been collected and is alive.
 *
 * @param className its class
 * @param why why it was expected to go
 * @param chain the retention chain to it; null where it was not looked for, since others stand for it
 * @param retainedBytes bytes that would die with it
 * @param retainedObjects objects that would die with it, itself included
 * @since 0.1
 */
public record RetainedObject(
        String className, String why, @Nullable GcRootPath chain, long retainedBytes, long retainedObjects) {}
