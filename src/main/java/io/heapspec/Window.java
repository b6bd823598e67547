package io.heapspec;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * Keeps other tests away while one is judged, under parallel execution.
 *
 * <p>Annotated tests are apart already, by JUnit's own resource lock. Tests judged by configuration carry no annotation, so here all tests
 * of the suite ask: judged ones for the heap alone, the others to run beside each other. A worker of JUnit's pool that waits may take on
 * another test while its own is open; that one is let in, since it would wait for itself.
 *
 * <p>Thread-safe.
 */
final class Window {

    private static final int EVERYBODY = 1 << 16;

    private final Semaphore places = new Semaphore(EVERYBODY, true);
    private final ThreadLocal<Boolean> open = ThreadLocal.withInitial(() -> false);

    /** Waits until no other test runs, and keeps others away until closed. */
    Stay alone() {
        return enter(EVERYBODY);
    }

    /** Waits until no test is judged. */
    Stay besideOthers() {
        return enter(1);
    }

    private Stay enter(int needed) {
        boolean nested = open.get();
        if (!nested) {
            places.acquireUninterruptibly(needed);
            open.set(true);
        }
        return new Stay(nested ? 0 : needed);
    }

    /** A test's stay, ended by closing it on the thread that began it. */
    @SuppressWarnings("deprecation") // what JUnit before 5.13 closes
    final class Stay implements AutoCloseable, CloseableResource {

        private final int held;

        private Stay(int held) {
            this.held = held;
        }

        /** Tells whether another test is open on this thread, so that the heap is not this one's alone. */
        boolean isInsideAnother() {
            return held == 0;
        }

        @Override
        public void close() {
            if (held > 0) {
                open.remove();
                places.release(held);
            }
        }
    }
}
