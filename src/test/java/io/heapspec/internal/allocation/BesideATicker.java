package io.heapspec.internal.allocation;

import io.heapspec.internal.allocation.AllocationWindow.Body;
import io.heapspec.result.AllocationProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what some code allocates while another thread allocates an iterator and its list at intervals, and prints how often that was right.
 * Argument: the interval in milliseconds. A JVM of its own, since other threads may allocate at intervals in one that has run other tests.
 */
final class BesideATicker {

    private static final int ROUNDS = 4;
    private static final int MOST_RUNS = 20;

    private static volatile @Nullable Object sink;
    private static volatile @Nullable Object latest;

    private static int right;
    private static int all;

    private BesideATicker() {}

    public static void main(String[] arguments) throws Throwable {
        Thread ticker = new Thread(() -> tick(Integer.parseInt(arguments[0])));
        ticker.setDaemon(true);
        ticker.start();
        AllocationWindow window = new AllocationWindow();
        for (int i = 0; i < ROUNDS; i++) {
            check(window, 0, () -> {});
            check(window, 2, () -> sink = List.of("a").iterator());
            check(window, 2, () -> sink = new int[1][1]);
        }
        System.out.println(right + " of " + all + " right");
    }

    private static void check(AllocationWindow window, long objects, Body body) throws Throwable {
        AllocationProfile profile = window.settled(body, MOST_RUNS);
        all++;
        if (profile.certification().isExact() && profile.objects() == objects) {
            right++;
        } else {
            System.out.println("wrong: " + profile);
        }
    }

    private static void tick(int millis) {
        try {
            while (true) {
                latest = List.of("b").iterator();
                Thread.sleep(millis);
            }
        } catch (InterruptedException ended) {
            latest = null;
        }
    }
}
