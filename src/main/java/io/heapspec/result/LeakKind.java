package io.heapspec.result;

/**
 * What piles up.
 *
 * @since 0.1
 */
public enum LeakKind {
    /** Objects of any class but those below, or references to the same object. */
    OBJECTS,
    /** Threads that never end. */
    THREADS,
    /** Classes and class loaders. */
    CLASS_LOADERS
}
