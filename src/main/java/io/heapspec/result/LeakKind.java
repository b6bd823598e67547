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
    CLASS_LOADERS,
    /** Values of {@code ThreadLocal}s on threads that live on. */
    THREAD_LOCALS,
    /** Direct and mapped buffers, whose memory is outside the heap. */
    BUFFERS,
    /** Open files, sockets, selectors and pipes, each of which has a file descriptor. */
    FILES,
    /** Other memory outside the heap that an object of the JDK or a library frees when it is closed, such as that of an {@code Inflater}. */
    NATIVE_MEMORY,
    /** Shutdown hooks that nobody removes. */
    SHUTDOWN_HOOKS,
    /** MBeans that stay registered. */
    MBEANS,
    /** JDBC drivers that stay registered. */
    JDBC_DRIVERS,
    /** Names of files that are to be deleted on exit. */
    FILES_TO_DELETE
}
