package io.heapspec.internal.protocol;

import io.heapspec.internal.counters.Counters;
import io.heapspec.result.Reason;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the repetitions of one test, each within a deadline, all within a budget. Only the time that repetitions take is spent: collections
 * and dumps are slow on a busy machine, and say nothing about the test.
 *
 * <p>They run on a thread of their own, since a repetition that hangs cannot be stopped from its own thread. The thread has the name
 * and context class loader of the one that asks, so that a chain that starts at it reads as it would in the first run.
 *
 * <p>A plain thread and two hand-over points, no executor: an executor has a finalizer, and would still be on the heap when the next test
 * is counted.
 */
final class Repeater implements AutoCloseable {

    private static final Duration TO_END = Duration.ofSeconds(1);

    private final Repetition repetition;
    private final Duration deadline;
    private final long budgetNanos;
    private final SynchronousQueue<Command> commands = new SynchronousQueue<>();
    private final SynchronousQueue<Outcome> outcomes = new SynchronousQueue<>();
    private final Thread worker;
    private int runs;
    private long nanosBefore;
    private long nanosOfLast;
    private long nanosSpent;
    private volatile long bytesOfLast;

    Repeater(Repetition repetition, Duration deadline, Duration budget) {
        this.repetition = repetition;
        this.deadline = deadline;
        this.budgetNanos = budget.toNanos();
        Thread asking = Thread.currentThread();
        worker = new Thread(this::work, asking.getName());
        worker.setDaemon(true);
        worker.setContextClassLoader(asking.getContextClassLoader());
        worker.start();
    }

    /**
     * Runs the test so many times.
     *
     * @throws NotMeasurableException if a repetition failed, hung, or the budget is spent
     */
    void run(int times) throws NotMeasurableException {
        for (int i = 0; i < times; i++) {
            if (nanosSpent > budgetNanos) {
                throw new NotMeasurableException(
                        Reason.BUDGET_SPENT, "the time for repetitions was spent after " + runs + " runs", null);
            }
            runOnce();
        }
    }

    /**
     * Runs the test so many times, or as often as it fits into some time, but once at least.
     *
     * @return how many times it ran
     * @throws NotMeasurableException if a repetition failed, hung, or the budget is spent
     */
    int runWithin(int times, long nanos) throws NotMeasurableException {
        long before = nanosSpent;
        int ran = 0;
        do {
            run(1);
            ran++;
        } while (ran < times && nanosSpent - before < nanos);
        return ran;
    }

    /** Gives back what of the last repetition was our own: measuring takes longer on a busy machine, and says nothing about the test. */
    void giveBack(long nanos) {
        nanosSpent -= nanos;
    }

    /** Notes runs of the test that were no repetition of ours. */
    void ran(int times) {
        runs += times;
    }

    /** Returns what it runs. */
    Repetition repetition() {
        return repetition;
    }

    /** Returns how many times the test ran again. */
    int runs() {
        return runs;
    }

    /**
     * Returns how long a repetition takes, in nanoseconds, as the shorter of the last two did; 0 before the first. The last of a block
     * comes after a collection, and is slower than most.
     */
    long nanosPerRun() {
        return nanosBefore == 0 ? nanosOfLast : Math.min(nanosBefore, nanosOfLast);
    }

    /** Returns how many bytes the last repetition allocated on its own thread, the runner of the test included; 0 if that is not known. */
    long bytesPerRun() {
        return bytesOfLast;
    }

    /**
     * Runs something else on the thread that repeats the test.
     *
     * @param within what it may take beside one run of the test, which has its own deadline
     * @return whether it ended well
     * @throws NotMeasurableException if it hung: then the thread cannot be used any more
     */
    boolean runApart(Repetition other, Duration within) throws NotMeasurableException {
        return handOver(other, deadline.plus(within)).failure() == null;
    }

    private void runOnce() throws NotMeasurableException {
        long start = System.nanoTime();
        Outcome outcome = handOver(repetition, deadline);
        if (outcome.failure() != null) {
            throw new NotMeasurableException(
                    Reason.COULD_NOT_REPEAT,
                    "the test passed once and failed when it was repeated: " + outcome.failure(),
                    null);
        }
        runs++;
        nanosBefore = nanosOfLast;
        nanosOfLast = System.nanoTime() - start;
        nanosSpent += nanosOfLast;
    }

    private Outcome handOver(Repetition asked, Duration within) throws NotMeasurableException {
        Outcome outcome;
        try {
            commands.put(new Run(asked));
            outcome = outcomes.poll(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            worker.interrupt();
            Thread.currentThread().interrupt();
            throw new NotMeasurableException(
                    Reason.COULD_NOT_REPEAT, "the test's thread was interrupted during the repetitions", null);
        }
        if (outcome == null) {
            worker.interrupt();
            throw new NotMeasurableException(
                    Reason.DEADLINE, "a repetition did not end within " + within.toMillis() + " ms", null);
        }
        return outcome;
    }

    private void work() {
        try {
            Outcome outcome = next();
            while (outcome != null) {
                outcomes.put(outcome);
                outcome = next();
            }
        } catch (InterruptedException abandoned) {
            Thread.currentThread().interrupt();
        }
    }

    /** In a frame of its own, which is gone when the outcome is known: what it runs may hold much, and would be counted. */
    private @Nullable Outcome next() throws InterruptedException {
        if (!(commands.take() instanceof Run run)) {
            return null;
        }
        long allocated = Counters.allocatedByThisThread();
        Outcome outcome = attempt(run.repetition());
        bytesOfLast = Counters.allocatedByThisThread() - allocated;
        // A test may leave its thread interrupted; that is not meant for us.
        boolean ignored = Thread.interrupted();
        return outcome;
    }

    private static Outcome attempt(Repetition asked) {
        try {
            asked.run();
            return Outcome.PASSED;
        } catch (RepetitionFailedException failed) {
            return new Outcome(failed.getMessage());
        } catch (Throwable failed) {
            return new Outcome(RepetitionFailedException.causedBy(failed).getMessage());
        }
    }

    /** Ends the thread, and waits for that unless a repetition hangs on it. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            if (!commands.offer(new End(), TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                worker.interrupt();
            }
            worker.join(TO_END.toMillis());
        } catch (InterruptedException again) {
            interrupted = true;
            worker.interrupt();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the thread is to do next. */
    private sealed interface Command {}

    private record Run(Repetition repetition) implements Command {}

    private record End() implements Command {}

    /** How a repetition ended; what it failed with is kept as text. */
    private record Outcome(@Nullable String failure) {
        static final Outcome PASSED = new Outcome(null);
    }
}
