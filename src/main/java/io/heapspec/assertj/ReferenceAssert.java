package io.heapspec.assertj;

import io.heapspec.internal.report.WatchMessage;
import io.heapspec.internal.watch.CollectionCheck;
import io.heapspec.internal.watch.Expectations;
import io.heapspec.result.Reachability;
import io.heapspec.result.Verdict;
import io.heapspec.result.WatchJudgement;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;
import org.opentest4j.TestAbortedException;

/**
 * Assertions on whether an object that a reference leads to can be collected.
 *
 * <pre>{@code
 * WeakReference<Session> session = new WeakReference<>(server.login("ada"));
 * server.logout("ada");
 * assertThatReference(session).isCollected();
 * }</pre>
 *
 * <p>Forces collections of the whole JVM. A failure has the retention chain to the object. A local variable of a method that has not returned may
 * hold it, which the chain then says.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // AssertJ is optional: who asserts requires it, and nobody else has to
public final class ReferenceAssert extends AbstractAssert<ReferenceAssert, Reference<?>> {

    private static final Duration PATIENCE = Duration.ofMillis(600);

    ReferenceAssert(Reference<?> actual) {
        super(actual, ReferenceAssert.class);
    }

    /** Verifies that no strong reference leads to the object: as {@link #isCollected(Reachability)} with {@link Reachability#STRONG}. */
    public ReferenceAssert isCollected() {
        return isCollected(Reachability.STRONG);
    }

    /**
     * Verifies that the object is collected, at once or within 600 ms.
     *
     * @param weakest how strongly it must be reachable to count as retained
     * @throws AssertionError if it is retained; the message has the chain to it
     * @throws TestAbortedException if that cannot be told here; the message says why
     */
    public ReferenceAssert isCollected(Reachability weakest) {
        isNotNull();
        WatchJudgement judgement = judge(weakest);
        WatchMessage message = new WatchMessage("reference", "", judgement);
        if (judgement.verdict() == Verdict.FAILED) {
            failWithActualExpectedAndMessage(message.actual(), message.expected(), "%s", message.text());
        } else if (judgement.verdict() == Verdict.INCONCLUSIVE) {
            throw new TestAbortedException(message.text());
        }
        return this;
    }

    /**
     * Verifies that something holds the object strongly, in spite of a forced collection.
     *
     * @throws AssertionError if it is collected
     */
    public ReferenceAssert isRetained() {
        isNotNull();
        WatchJudgement judgement = judge(Reachability.STRONG);
        if (judgement.verdict() == Verdict.PASSED) {
            failWithMessage("Expected what the reference leads to to be retained, but: %s.", judgement.detail());
        } else if (judgement.verdict() == Verdict.INCONCLUSIVE) {
            throw new TestAbortedException(new WatchMessage("reference", "", judgement).text());
        }
        return this;
    }

    private WatchJudgement judge(Reachability weakest) {
        Expectations expectations = new Expectations();
        watch(expectations);
        Path dumps = Path.of(System.getProperty("java.io.tmpdir"));
        return new CollectionCheck(weakest, PATIENCE, dumps).judge(expectations.take());
    }

    /** In a frame of its own, so that no variable of the one that judges holds the object. */
    private void watch(Expectations expectations) {
        Object referent = actual.get();
        if (referent != null) {
            expectations.collected(referent, "it was expected to be collected");
        }
    }
}
