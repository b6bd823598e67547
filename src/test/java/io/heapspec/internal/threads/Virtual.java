package io.heapspec.internal.threads;

import java.lang.reflect.Method;

/** Virtual threads, in sources that are compiled for a JDK that has none. */
public final class Virtual {

    private Virtual() {}

    /** Starts one without a name; on a JDK with virtual threads. */
    public static Thread start(Runnable work) {
        try {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            return (Thread) start.invoke(null, work);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
