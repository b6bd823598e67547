package io.heapspec.internal.watch;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An object that is expected to be collected. Does not hold it, and asks it nothing; its number finds it in a heap dump, where objects have no
 * identity but their address.
 *
 * <p>The idea of a keyed weak reference is that of LeakCanary.
 */
public final class WatchedReference extends WeakReference<Object> {

    /** Name of the field that has the number. */
    static final String NUMBER = "number";

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final String className;
    private final String why;

    WatchedReference(Object watched, String why) {
        super(watched);
        this.className = watched.getClass().getTypeName();
        this.why = why;
    }

    long number() {
        return number;
    }

    String className() {
        return className;
    }

    String why() {
        return why;
    }

    /** On concurrent collectors {@code get()} would keep it alive. */
    boolean isCollected() {
        return refersTo(null);
    }
}
