package io.heapspec.internal.gc;

import java.lang.ref.WeakReference;

/**
 * An object that only a weak reference knows. Once it is gone, a collection has run since it was made.
 *
 * <p>Asked with {@code refersTo(null)}: on concurrent collectors {@code get()} would keep the object alive.
 */
public final class Sentinel {

    private final WeakReference<Object> reference = new WeakReference<>(new Object());

    /** Tells whether a collection has taken the object. */
    public boolean isCollected() {
        return reference.refersTo(null);
    }
}
