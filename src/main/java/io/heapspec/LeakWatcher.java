package io.heapspec;

import io.heapspec.heap.HeapInstance;
import io.heapspec.internal.report.WatchMessage;
import io.heapspec.internal.watch.CollectionCheck;
import io.heapspec.internal.watch.Expectations;
import io.heapspec.internal.watch.Expectations.Taken;
import io.heapspec.result.Reachability;
import io.heapspec.result.Verdict;
import io.heapspec.result.WatchJudgement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Names objects that must go, and fails with the retention chain to one that does not.
 *
 * <pre>{@code
 * @Test
 * @ExtendWith(HeapSpecExtension.class)
 * void logoutReleasesTheSession(LeakWatcher watcher) {
 *     Session session = server.login("ada");
 *     watcher.expectCollected(session, "ada logged out");
 *     session.logout();
 * }
 * }</pre>
 *
 * <p>As a parameter of a test, or of its {@code @BeforeEach} and {@code @AfterEach} methods, it is checked after the test, when the test's local
 * variables are gone. Anywhere else, and with any framework, it is made by {@link #create} and asked by {@link #check}, as often as needed.
 *
 * <p>Nothing that is watched is held, or asked anything: not even its {@code hashCode}.
 *
 * <p><b>Limits.</b> A local variable of a method that has not returned yet may hold an object, and the chain then names the method: check after it
 * has returned. A debugger makes local variables live longer. Fields of a test instance hold what they refer to until after the check.
 *
 * <p><b>Thread-safety.</b> Thread-safe. The check forces collections of the whole JVM; it needs no heap of its own, since it compares nothing.
 *
 * @since 0.1
 */
public final class LeakWatcher implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(600);

    private final Expectations expectations = new Expectations();
    private volatile Reachability weakest = Reachability.STRONG;
    private volatile Duration patience = PATIENCE;

    private LeakWatcher() {}

    /** Returns a watcher that is asked by {@link #check}, or when it is closed. */
    public static LeakWatcher create() {
        return new LeakWatcher();
    }

    /**
     * Sets how strongly an object must be reachable to count as retained: {@link Reachability#STRONG} unless set. By {@link Reachability#SOFT},
     * soft references are cleared first; where that cannot be done or confirmed, the verdict is inconclusive.
     */
    public LeakWatcher judgedBy(Reachability strength) {
        weakest = Objects.requireNonNull(strength);
        return this;
    }

    /**
     * Sets how long to wait for what is let go of by itself, as by a thread that ends; 600 ms unless set.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public LeakWatcher waitingFor(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a watcher cannot wait for " + time);
        }
        patience = time;
        return this;
    }

    /**
     * Expects that an object is collected.
     *
     * @param object the object; it is not held
     * @param why why it should go by then, for the failure
     */
    public void expectCollected(Object object, String why) {
        expectations.collected(object, Objects.requireNonNull(why));
    }

    /**
     * Expects that no instance of a class, or of a subclass, is alive in the whole JVM.
     *
     * @param why why none should be by then, for the failure
     */
    public void expectNoInstanceOf(Class<?> type, String why) {
        expectNoInstanceOf(type, any -> true, why);
    }

    /**
     * Expects that some instances of a class, or of a subclass, are not alive in the whole JVM. Unless the class is final and has no instance, that
     * takes a heap dump.
     *
     * @param which which instances, by their fields as the dump has them; asked after the check has begun, and not to hold what is watched
     * @param why why they should be gone by then, for the failure
     */
    public void expectNoInstanceOf(Class<?> type, Predicate<HeapInstance> which, String why) {
        expectations.noInstance(type, Objects.requireNonNull(which), Objects.requireNonNull(why));
    }

    /**
     * Checks all that was expected since the last check.
     *
     * @return the verdict, which is passed: by one collection, or later, by itself
     * @throws AssertionFailedError if something is retained; the message has the chain to it
     * @throws TestAbortedException if it cannot be judged here; the message says why
     */
    public WatchJudgement check() {
        Path dumps = Path.of(System.getProperty("java.io.tmpdir"));
        WatchJudgement judgement = judge(expectations.take(), dumps);
        WatchMessage message = new WatchMessage("LeakWatcher", "", judgement);
        if (judgement.verdict() == Verdict.FAILED) {
            throw new AssertionFailedError(message.text(), message.expected(), message.actual());
        } else if (judgement.verdict() == Verdict.INCONCLUSIVE) {
            throw new TestAbortedException(message.text());
        }
        return judgement;
    }

    /** Hands over what is expected, to be judged by whoever made this watcher. */
    Taken taken() {
        return expectations.take();
    }

    WatchJudgement judge(Taken expected, Path dumps) {
        return new CollectionCheck(weakest, patience, dumps).judge(expected);
    }

    /** As {@link #check()}, unless nothing is expected. */
    @Override
    public void close() {
        check();
    }
}
