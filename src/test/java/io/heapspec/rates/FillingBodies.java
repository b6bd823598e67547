package io.heapspec.rates;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores that hold more with every run until they are full. */
final class FillingBodies {

    private static final Map<Long, byte[]> LRU_256 = new Lru(256);
    private static final Map<Long, byte[]> LRU_4096 = new Lru(4096);
    private static final Map<Long, SoftReference<byte[]>> SOFT_VALUES = new HashMap<>();
    private static @Nullable SoftReference<Map<Long, byte[]>> softMap;
    private static long key;

    private FillingBodies() {}

    static List<Body> all() {
        return List.of(
                Body.filling("LRU of 256 entries", () -> LRU_256.put(key++, new byte[100])),
                Body.filling("LRU of 4,096 entries", () -> LRU_4096.put(key++, new byte[100])),
                Body.filling("map behind a SoftReference", () -> softMap().put(key++, new byte[100])),
                // The values may go; the entries and their references stay.
                Body.filling(
                        "map of SoftReferences", () -> SOFT_VALUES.put(key++, new SoftReference<>(new byte[100]))));
    }

    private static Map<Long, byte[]> softMap() {
        SoftReference<Map<Long, byte[]>> reference = softMap;
        Map<Long, byte[]> known = reference == null ? null : reference.get();
        if (known == null) {
            known = new HashMap<>();
            softMap = new SoftReference<>(known);
        }
        return known;
    }

    private static final class Lru extends LinkedHashMap<Long, byte[]> {

        private static final long serialVersionUID = 1L;
        private final int most;

        Lru(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > most;
        }
    }
}
