package io.heapspec.corpus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import io.heapspec.NoLeak;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Collections that grow for a while, or up and down, and are no leak. */
@NoLeak
class CacheCleanTestCases {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    static class Value {
        final byte[] data = new byte[100];
    }

    static class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;
        private final int limit;

        Recent(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > limit;
        }
    }

    static class Caches {
        static final Map<Integer, Value> LRU_16 = new Recent<>(16);
        static final Map<Integer, Value> LRU_64 = new Recent<>(64);
        static final Map<Integer, Value> LRU_100 = new Recent<>(100);
        static final Map<Integer, Value> LRU_256 = new Recent<>(256);
        static final Cache<Integer, Value> CAFFEINE =
                Caffeine.newBuilder().executor(Runnable::run).maximumSize(100).build();
        static final com.google.common.cache.Cache<Integer, Value> GUAVA =
                CacheBuilder.newBuilder().concurrencyLevel(1).maximumSize(64).build();
        static final Map<Integer, SoftReference<Value>> SOFT = new HashMap<>();
        static final Map<Value, String> WEAK_KEYS = new WeakHashMap<>();
        static final Map<Integer, Value> FEW_KEYS = new ConcurrentHashMap<>();
    }

    @Test
    void lruOf16FillsAndEvicts() {
        Caches.LRU_16.put(1_000 + NUMBERS.incrementAndGet(), new Value());
    }

    @Test
    void lruOf64FillsAndEvicts() {
        Caches.LRU_64.put(1_000 + NUMBERS.incrementAndGet(), new Value());
    }

    @Test
    void lruOf100FillsAndEvicts() {
        Caches.LRU_100.put(1_000 + NUMBERS.incrementAndGet(), new Value());
    }

    @Test
    void lruOf256FillsAndEvicts() {
        Caches.LRU_256.put(1_000 + NUMBERS.incrementAndGet(), new Value());
    }

    @Test
    void lruOf100FillsThreeAtATime() {
        for (int i = 0; i < 3; i++) {
            Three.LRU_100.put(1_000 + NUMBERS.incrementAndGet(), new Value());
        }
    }

    static class Three {
        static final Map<Integer, Value> LRU_100 = new Recent<>(100);
        static final Map<Integer, Value> SLOW = new Recent<>(10);
    }

    @Test
    void lruOf10FillsEveryThirdRun() {
        int number = NUMBERS.incrementAndGet();
        if (number % 3 == 0) {
            Three.SLOW.put(number, new Value());
        }
    }

    @Test
    void caffeineOf100FillsAndEvicts() {
        Caches.CAFFEINE.put(1_000 + NUMBERS.incrementAndGet(), new Value());
    }

    @Test
    void guavaOf64FillsAndEvicts() {
        Caches.GUAVA.put(1_000 + NUMBERS.incrementAndGet(), new Value());
    }

    /** The values are soft, and the entries are reused. */
    @Test
    void softValuesOfManyKeysAreReplaced() {
        int key = NUMBERS.incrementAndGet() % 8;
        Caches.SOFT.put(key, new SoftReference<>(new Value()));
    }

    static class SoftList {
        static SoftReference<List<Value>> values = new SoftReference<>(new ArrayList<>());
    }

    /** Grows with every run, but all of it goes when memory is short. */
    @Test
    void listBehindASoftReferenceGrows() {
        List<Value> values = SoftList.values.get();
        if (values == null) {
            values = new ArrayList<>();
            SoftList.values = new SoftReference<>(values);
        }
        values.add(new Value());
    }

    @Test
    void weakHashMapChurns() {
        for (int i = 0; i < 50; i++) {
            Caches.WEAK_KEYS.put(new Value(), "value");
        }
    }

    static class Weak {
        static WeakReference<Value> last = new WeakReference<>(null);
    }

    @Test
    void weakReferenceIsReplaced() {
        Weak.last = new WeakReference<>(new Value());
    }

    @Test
    void mapHasSevenKeys() {
        Caches.FEW_KEYS.put(NUMBERS.incrementAndGet() % 7, new Value());
    }

    static class Lazy {
        static Map<String, Value> table;

        static Map<String, Value> table() {
            if (table == null) {
                table = new HashMap<>();
                for (int i = 0; i < 1_000; i++) {
                    table.put("entry " + i, new Value());
                }
            }
            return table;
        }
    }

    @Test
    void lazyStaticIsBuiltOnce() {
        Lazy.table().get("entry 7");
    }

    static class Buffer {
        static byte[] bytes = new byte[16];

        static byte[] ofAtLeast(int length) {
            if (bytes.length < length) {
                bytes = new byte[length * 2];
            }
            return bytes;
        }
    }

    @Test
    void reusedBufferReachesItsHighWaterMark() {
        Buffer.ofAtLeast(1_000 * (1 + NUMBERS.incrementAndGet() % 20))[0] = 1;
    }

    static class Batches {
        static final List<Value> PENDING = new ArrayList<>();
        static final Deque<Value> WINDOW = new ArrayDeque<>();
        static final List<Value> TOGGLED = new ArrayList<>();
        static final List<Value> SAW = new ArrayList<>();
        static final List<Value> SLOW_SAW = new ArrayList<>();
    }

    @Test
    void listGrowsAndIsCleared() {
        for (int i = 0; i < 500; i++) {
            Batches.PENDING.add(new Value());
        }
        Batches.PENDING.clear();
    }

    @Test
    void windowSlides() {
        Batches.WINDOW.addLast(new Value());
        while (Batches.WINDOW.size() > 30) {
            Batches.WINDOW.removeFirst();
        }
    }

    @Test
    void listHasOneMoreEverySecondRun() {
        if (Batches.TOGGLED.isEmpty()) {
            Batches.TOGGLED.add(new Value());
        } else {
            Batches.TOGGLED.clear();
        }
    }

    /** A batch that is sent when it is full. */
    @Test
    void batchOfTenIsFlushed() {
        Batches.SAW.add(new Value());
        if (Batches.SAW.size() == 10) {
            Batches.SAW.clear();
        }
    }

    @Test
    void batchOfFiftyIsFlushed() {
        Batches.SLOW_SAW.add(new Value());
        if (Batches.SLOW_SAW.size() == 50) {
            Batches.SLOW_SAW.clear();
        }
    }

    static class Ring {
        static final Value[] SLOTS = new Value[128];
        static final Object[] LAST = new Object[1];
    }

    /** A ring buffer of log events fills once. */
    @Test
    void ringBufferFills() {
        Ring.SLOTS[NUMBERS.incrementAndGet() % Ring.SLOTS.length] = new Value();
    }

    @Test
    void lastResultIsRemembered() {
        Ring.LAST[0] = new Value();
    }

    enum Colour {
        RED,
        GREEN
    }

    static class PerType {
        static final ClassValue<Value> VALUES = new ClassValue<>() {
            @Override
            protected Value computeValue(Class<?> type) {
                return new Value();
            }
        };
    }

    @Test
    void classValueIsComputedOnce() {
        PerType.VALUES.get(Colour.class);
        PerType.VALUES.get(String.class);
    }
}
