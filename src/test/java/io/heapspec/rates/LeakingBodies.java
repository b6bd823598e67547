package io.heapspec.rates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Bodies that leave something behind for good. */
final class LeakingBodies {

    private static final List<Object> SMALL = new ArrayList<>();
    private static final List<Node> NODES = new ArrayList<>();
    private static final Map<Long, byte[]> ENTRIES = new HashMap<>();
    private static final List<String> TEXTS = new ArrayList<>();
    private static final List<Object> SAME = new ArrayList<>();
    private static final Object ONE = new Object();
    private static final List<Consumer<String>> LISTENERS = new ArrayList<>();
    private static final List<Object> NOISY = new ArrayList<>();
    private static final List<Object> OSCILLATING = new ArrayList<>();
    private static final List<Object> LOADED = new ArrayList<>();
    private static final ThreadLocal<List<Node>> LOCAL = ThreadLocal.withInitial(ArrayList::new);
    private static final ExecutorService POOL = Executors.newFixedThreadPool(1, LeakingBodies::daemon);
    private static final Rare ONE_IN_10 = new Rare();
    private static final Rare ONE_IN_50 = new Rare();
    private static final Rare BATCHES = new Rare();
    private static final List<Node> AT_RANDOM = new ArrayList<>();
    private static final Random RANDOM = new Random(42);
    private static volatile CountDownLatch endOfThreads = new CountDownLatch(1);
    private static long key;

    private LeakingBodies() {}

    static List<Body> all() {
        return List.of(
                Body.leaking("object of 16 B", () -> SMALL.add(new Object())),
                Body.leaking("object of 24 B", () -> NODES.add(new Node())),
                Body.leaking("map entry with byte[100]", () -> ENTRIES.put(key++, new byte[100])),
                Body.leaking("String", () -> TEXTS.add("text " + key++)),
                Body.leaking("same object added again", () -> SAME.add(ONE)),
                Body.leaking("listener lambda", LeakingBodies::listen),
                Body.leaking(
                        "ThreadLocal in a pool",
                        () -> POOL.submit(() -> LOCAL.get().add(new Node())).get()),
                Body.leaking("noise and a leak", LeakingBodies::noise),
                Body.leaking("class loader", () -> LOADED.add(Loaded.again())),
                Body.leaking("thread that does not end", LeakingBodies::thread).endedBy(LeakingBodies::endThreads),
                Body.rare("1 run in 10", 10, () -> ONE_IN_10.add(10, 1)),
                Body.rare("1 run in 50", 50, () -> ONE_IN_50.add(50, 1)),
                Body.rare("5 % of the runs, at random", 20, LeakingBodies::atRandom),
                Body.rare("64 in every 64th run", 64, () -> BATCHES.add(64, 64)));
    }

    private static void listen() {
        byte[] view = new byte[64];
        LISTENERS.add(event -> view[0]++);
    }

    private static void noise() {
        List<String> garbage = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            garbage.add("garbage " + i);
            OSCILLATING.add(i + 1000);
        }
        if (OSCILLATING.size() > 1000) {
            OSCILLATING.clear();
        }
        NOISY.add(new Node());
    }

    private static void atRandom() {
        if (RANDOM.nextInt(20) == 0) {
            AT_RANDOM.add(new Node());
        }
    }

    private static void thread() {
        CountDownLatch end = endOfThreads;
        daemon(() -> {
                    try {
                        end.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                })
                .start();
    }

    private static void endThreads() {
        endOfThreads.countDown();
        endOfThreads = new CountDownLatch(1);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(null, task, "left", 1 << 18);
        thread.setDaemon(true);
        return thread;
    }

    private static final class Node {
        long value;
    }

    /** Leaks in one run out of several. */
    private static final class Rare {

        private final List<Node> kept = new ArrayList<>();
        private int runs;

        void add(int everyNthRun, int objects) {
            if (++runs % everyNthRun == 0) {
                for (int i = 0; i < objects; i++) {
                    kept.add(new Node());
                }
            }
        }
    }
}
