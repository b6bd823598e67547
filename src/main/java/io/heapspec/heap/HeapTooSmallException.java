package io.heapspec.heap;

import io.heapspec.internal.util.Bytes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says that the JVM that reads a dump may use too little memory for it, how much it would need, and how to give it that.
 *
 * @since 0.1
 */
public final class HeapTooSmallException extends HeapDumpException {
    private static final long serialVersionUID = 1L;

    /** What the graph and a search for paths take together. Measured, see {@code docs/scale.md}. */
    private static final long BYTES_PER_OBJECT = 25;

    /** No graph of ordinary objects takes less. */
    private static final long LEAST_BYTES_PER_OBJECT = 20;

    /** What collectors want beside what is alive, in percent. */
    private static final long HEADROOM = 150;

    private final long objects;

    /**
     * Creates an exception.
     *
     * @param dump the file, as the beginning of a sentence
     * @param objects about how many objects it has
     * @param cause what was thrown, or null if that did not come to pass
     */
    HeapTooSmallException(String dump, long objects, @Nullable Throwable cause) {
        super(
                String.format(
                        Locale.ROOT,
                        "%s has about %,d objects: to look for paths in it takes about %s of heap, and this JVM may use %s."
                                + " Give it more with -Xmx%dm.",
                        dump,
                        objects,
                        Bytes.rounded(needed(objects)),
                        Bytes.rounded(Runtime.getRuntime().maxMemory()),
                        (needed(objects) * HEADROOM / 100 >> 20) + 16),
                cause);
        this.objects = objects;
    }

    private static long needed(long objects) {
        return objects * BYTES_PER_OBJECT;
    }

    /** Tells whether this JVM surely may not use enough for so many objects. */
    static boolean isCertainFor(long objects) {
        return objects * LEAST_BYTES_PER_OBJECT > Runtime.getRuntime().maxMemory();
    }

    /** Returns about how many objects the dump has. */
    public long objects() {
        return objects;
    }

    /** Returns about how many bytes of heap it takes to look for paths in the dump; dominators take half as many again. */
    public long neededBytes() {
        return needed(objects);
    }
}
