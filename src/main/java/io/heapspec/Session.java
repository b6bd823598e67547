package io.heapspec;

import io.heapspec.internal.advice.EarlierLeaks;
import io.heapspec.internal.protocol.AllocationProtocol;
import io.heapspec.internal.protocol.LeakProtocol;
import io.heapspec.internal.protocol.LoaderProtocol;
import io.heapspec.internal.rerun.DirectCall;
import io.heapspec.internal.rerun.Reruns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * What the judged tests of one run share: the protocol with its census, and the window in which nothing may run beside a judged test.
 *
 * <p>Kept in JUnit's root store, so that it ends with the run.
 */
@SuppressWarnings("deprecation") // what JUnit before 5.13 closes
final class Session implements AutoCloseable, CloseableResource {

    private final Window window = new Window();
    private final LeakProtocol protocol = new LeakProtocol();
    private final LoaderProtocol loaders = new LoaderProtocol();
    private final EarlierLeaks earlierLeaks = new EarlierLeaks();
    private @Nullable AllocationProtocol allocations;
    private volatile @Nullable ThreadScope threads;
    private @Nullable RunSuppressions suppressions;
    private long testsSeen = -1;

    Window window() {
        return window;
    }

    LeakProtocol protocol() {
        return protocol;
    }

    LoaderProtocol loaders() {
        return loaders;
    }

    EarlierLeaks earlierLeaks() {
        return earlierLeaks;
    }

    /** Read when the first test asks for them. */
    synchronized RunSuppressions suppressions(Configuration configuration) {
        RunSuppressions known = suppressions;
        if (known == null) {
            known = suppressions = new RunSuppressions(configuration);
        }
        return known;
    }

    /** Ends the run: what was suppressed in vain is listed. */
    @Override
    public synchronized void close() {
        RunSuppressions known = suppressions;
        suppressions = null;
        if (known != null) {
            known.end(protocol.jvm());
        }
    }

    /** Made when a test asks for it, and told then what a call of a test method is, so that the first one is counted like any other. */
    AllocationProtocol allocations() throws Throwable {
        AllocationProtocol known = allocations;
        if (known == null) {
            known = allocations = new AllocationProtocol();
            known.measure(DirectCall.ofNothing());
        }
        return known;
    }

    /** Returns the innermost scope whose threads are watched; null if there is none. */
    @Nullable
    ThreadScope threads() {
        return threads;
    }

    /** Sets the innermost scope whose threads are watched. Scopes are in each other: while one is open, nothing runs beside it. */
    void watchThreadsOf(@Nullable ThreadScope scope) {
        threads = scope;
    }

    /** Leaves out the threads that repetitions of a test start, since they are no part of the user's run; without a scope, does nothing at all. */
    void pauseThreads() {
        ThreadScope innermost = threads;
        if (innermost != null) {
            innermost.pause();
        }
    }

    /** Watches threads again. */
    void resumeThreads() {
        ThreadScope innermost = threads;
        if (innermost != null) {
            innermost.resume();
        }
    }

    /** Tells whether the test that starts now follows directly on the last one that was judged. */
    boolean isConsecutive() {
        long started = Reruns.startedTests();
        boolean next = started > 0 && started == testsSeen + 1;
        testsSeen = started;
        return next;
    }
}
