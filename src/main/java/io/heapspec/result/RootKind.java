package io.heapspec.result;

/**
 * Kinds of GC root, named as in hprof. A static field is listed apart, since that is what a reader looks for in a class.
 *
 * @since 0.1
 */
public enum RootKind {
    /** A static field of a class. */
    STATIC_FIELD,
    /** A live thread. */
    THREAD,
    /** A local variable of a method that a thread is executing. */
    JAVA_FRAME,
    /** A global handle of native code. */
    JNI_GLOBAL,
    /** A local handle of native code. */
    JNI_LOCAL,
    /** A monitor that is in use. */
    MONITOR_USED,
    /** A class that the JVM itself keeps. */
    STICKY_CLASS,
    /** Anything else the JVM holds by itself. */
    OTHER
}
