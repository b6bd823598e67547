package io.heapspec.heap;

/**
 * An object that is reachable by definition, and why. The kinds are those of the heap dump format.
 *
 * <p>Thread and stack serial numbers are those of {@link ThreadInfo#serial()}; frame numbers index
 * {@link ThreadInfo#frames()}, and are -1 when the dump does not know the frame.
 *
 * @since 0.1
 */
public sealed interface GcRoot {
    /** Returns the object that is a root. */
    int object();

    /**
     * A class that is never unloaded.
     *
     * @param object the class object
     */
    record StickyClass(int object) implements GcRoot {}

    /**
     * A local variable or operand of a Java method.
     *
     * @param object the object
     * @param threadSerial the thread
     * @param frameNumber the frame of its stack, 0 on top
     */
    record JavaFrame(int object, int threadSerial, int frameNumber) implements GcRoot {}

    /**
     * A live thread.
     *
     * @param object the thread
     * @param threadSerial its serial number
     * @param stackSerial serial number of its stack trace
     */
    record ThreadObject(int object, int threadSerial, int stackSerial) implements GcRoot {}

    /**
     * A global reference of native code.
     *
     * @param object the object
     */
    record JniGlobal(int object) implements GcRoot {}

    /**
     * A local reference of native code.
     *
     * @param object the object
     * @param threadSerial the thread
     * @param frameNumber the frame of its stack
     */
    record JniLocal(int object, int threadSerial, int frameNumber) implements GcRoot {}

    /**
     * A native stack.
     *
     * @param object the object
     * @param threadSerial the thread
     */
    record NativeStack(int object, int threadSerial) implements GcRoot {}

    /**
     * A thread block.
     *
     * @param object the object
     * @param threadSerial the thread
     */
    record ThreadBlock(int object, int threadSerial) implements GcRoot {}

    /**
     * An object whose monitor is locked or waited for.
     *
     * @param object the object
     */
    record MonitorUsed(int object) implements GcRoot {}

    /**
     * A root of unknown kind.
     *
     * @param object the object
     */
    record Unknown(int object) implements GcRoot {}
}
