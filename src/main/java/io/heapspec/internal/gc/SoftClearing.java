package io.heapspec.internal.gc;

import io.heapspec.internal.util.VmFlags;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Optional;

/**
 * Clears soft references, and confirms that it did: asks for one array that cannot fit, before which the JVM clears them all.
 *
 * <p>One array larger than the heap does that on every collector of HotSpot within a tenth of a second; filling the heap takes many times as
 * long. The JVM may be told to do something when memory is exhausted: then it is not tried.
 *
 * <p>Thread-safe.
 */
public final class SoftClearing {

    /** What an {@code OutOfMemoryError} sets off, with the value that means nothing. */
    private static final List<String> SET_OFF =
            List.of("HeapDumpOnOutOfMemoryError", "ExitOnOutOfMemoryError", "CrashOnOutOfMemoryError");

    /** A longer array cannot be made, and is refused without a look at the heap. */
    private static final long LONGEST = Integer.MAX_VALUE - 8;

    private static final String COMMAND = "OnOutOfMemoryError";

    private final Collector collector;

    public SoftClearing(Collector collector) {
        this.collector = collector;
    }

    /**
     * Clears all soft references to objects that are not strongly reachable.
     *
     * @throws CollectionNotConfirmedException if it must not be tried here, or cannot be confirmed
     */
    public void clear() throws CollectionNotConfirmedException {
        refuseWhereItSetsOffMore();
        SoftReference<Object> sentinel = new SoftReference<>(new Object());
        exhaust();
        collector.collect();
        if (!sentinel.refersTo(null)) {
            throw new CollectionNotConfirmedException("soft references could not be cleared");
        }
    }

    private static void refuseWhereItSetsOffMore() throws CollectionNotConfirmedException {
        for (String flag : SET_OFF) {
            if (VmFlags.isSet(flag)) {
                throw new CollectionNotConfirmedException("soft references are not cleared under -XX:+" + flag);
            }
        }
        Optional<String> command = VmFlags.value(COMMAND).filter(text -> !text.isEmpty());
        if (command.isPresent()) {
            throw new CollectionNotConfirmedException("soft references are not cleared under -XX:" + COMMAND);
        }
    }

    private static void exhaust() throws CollectionNotConfirmedException {
        long longs = Runtime.getRuntime().maxMemory() / Long.BYTES + 1_000;
        if (longs > LONGEST) {
            throw new CollectionNotConfirmedException("soft references are not cleared in a heap of more than 16 GiB");
        }
        try {
            // Read, so that it is made.
            if (new long[(int) longs].length != longs) {
                throw new IllegalStateException("an array of another length was made");
            }
        } catch (OutOfMemoryError wanted) {
            // Before it is thrown, all soft references are cleared.
        }
    }
}
