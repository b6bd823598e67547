package io.heapspec.bench;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A heap as a server might have it: ten objects per entry of one large map, with references across; and a small leak. */
final class SubjectHeap {
    private static final Map<String, Order> ORDERS = new HashMap<>();
    private static final List<Session> SESSIONS = new ArrayList<>();

    private SubjectHeap() {}

    private record Item(Integer number, Order related) {}

    record Session(byte[] content) {}

    @SuppressWarnings("unused")
    private static final class Order {
        private final long number;
        private final String name;
        private final List<Item> items = new ArrayList<>(2);
        private final Object nothing = null;

        Order(long number, String name) {
            this.number = number;
            this.name = name;
        }
    }

    /** Dumps the heap, leaks, and dumps it once more. */
    static void dump(int entries, Path before, int leaked, Path after) throws IOException {
        fill(entries);
        dump(before);
        leak(leaked);
        dump(after);
    }

    /** Dumps the heap with its leak only. */
    static void dump(int entries, int leaked, Path file) throws IOException {
        fill(entries);
        leak(leaked);
        dump(file);
    }

    private static void leak(int count) {
        for (int i = 0; i < count; i++) {
            SESSIONS.add(new Session(new byte[100]));
        }
    }

    private static void dump(Path file) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
    }

    /** A method of its own, so that its array is no root: it would let a search meet the orders in address order. */
    private static void fill(int entries) {
        Random random = new Random(1);
        Order[] all = new Order[entries];
        for (int i = 0; i < entries; i++) {
            String name = "order " + random.nextInt() + "-" + i;
            all[i] = new Order(i, name);
            ORDERS.put(name, all[i]);
            for (int item = 0; item < 2; item++) {
                all[i].items.add(new Item(1000 + random.nextInt(), all[random.nextInt(i + 1)]));
            }
        }
    }
}
