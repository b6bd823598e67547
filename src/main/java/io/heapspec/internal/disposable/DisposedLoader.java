package io.heapspec.internal.disposable;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loader that nobody who ran code in it holds any more; to be asked with {@link #refersTo}. Its number tells it from others in a dump.
 *
 * <p>Thread-safe.
 */
public final class DisposedLoader extends WeakReference<ClassLoader> {

    /** Name of the field that holds the number. */
    public static final String NUMBER = "number";

    private static final AtomicInteger LAST = new AtomicInteger();

    private final int number = LAST.incrementAndGet();
    private final int classes;

    DisposedLoader(ClassLoader loader, int classes) {
        super(loader);
        this.classes = classes;
    }

    /** Returns a number that no other loader has. */
    public int number() {
        return number;
    }

    /** Returns how many classes were loaded in it. */
    public int classes() {
        return classes;
    }
}
