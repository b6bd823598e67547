package io.heapspec.internal.agent;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Code with probes, remembered as long as memory allows: redefining the JDK's classes throws away what the compiler made of us, so inserting probes
 * is slow every time.
 *
 * <p>Thread-safe.
 */
final class ProbedCode {

    private final SiteTable sites = new SiteTable();
    private final Map<Class<?>, SoftReference<Entry>> known = Collections.synchronizedMap(new WeakHashMap<>());

    /** Returns the numbers that the probes report. */
    SiteTable sites() {
        return sites;
    }

    /**
     * Returns the code of a class with probes.
     *
     * @return null if it needs no probes
     * @throws RuntimeException if the code is not understood, or becomes too large
     */
    byte @Nullable [] of(Class<?> type, byte[] code, boolean ofJdk) {
        SoftReference<Entry> remembered = known.get(type);
        Entry entry = remembered == null ? null : remembered.get();
        if (entry == null || !Arrays.equals(entry.code(), code)) {
            entry = new Entry(code, AllocationProbes.insertedInto(code, sites, ofJdk));
            known.put(type, new SoftReference<>(entry));
        }
        return entry.probed();
    }

    private record Entry(byte[] code, byte @Nullable [] probed) {}
}
