package io.heapspec.internal.protocol;

import io.heapspec.result.Reason;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the repetitions of one test, each within a deadline.
 *
 * <p>They run on a thread of their own, since a repetition that hangs cannot be stopped from its own thread. The thread has the name
 * and context class loader of the one that asks, so that a chain that starts at it reads as it would in the first run.
 */
final class Repeater implements AutoCloseable {

    private final Repetition repetition;
    private final Duration deadline;
    private final long spendUntil;
    private final ExecutorService worker;
    private int runs;
    private long nanos;

    Repeater(Repetition repetition, Duration deadline, Duration budget) {
        this.repetition = repetition;
        this.deadline = deadline;
        this.spendUntil = System.nanoTime() + budget.toNanos();
        Thread asking = Thread.currentThread();
        this.worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, asking.getName());
            thread.setDaemon(true);
            thread.setContextClassLoader(asking.getContextClassLoader());
            return thread;
        });
    }

    /**
     * Runs the test so many times.
     *
     * @throws NotMeasurableException if a repetition failed, hung, or the budget is spent
     */
    void run(int times) throws NotMeasurableException {
        for (int i = 0; i < times; i++) {
            if (System.nanoTime() - spendUntil > 0) {
                throw new NotMeasurableException(
                        Reason.BUDGET_SPENT, "the time for repetitions was spent after " + runs + " runs", null);
            }
            runOnce();
        }
    }

    /** Returns how many repetitions ran. */
    int runs() {
        return runs;
    }

    /** Returns how long one repetition takes on average, in nanoseconds; 0 before the first. */
    long nanosPerRun() {
        return runs == 0 ? 0 : nanos / runs;
    }

    private void runOnce() throws NotMeasurableException {
        long start = System.nanoTime();
        Future<Void> outcome = worker.submit(() -> {
            repetition.run();
            return null;
        });
        try {
            outcome.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            runs++;
            nanos += System.nanoTime() - start;
        } catch (TimeoutException hung) {
            outcome.cancel(true);
            throw new NotMeasurableException(
                    Reason.DEADLINE, "a repetition did not end within " + deadline.toMillis() + " ms", null);
        } catch (ExecutionException failed) {
            throw couldNotRepeat(failed.getCause());
        } catch (InterruptedException interrupted) {
            outcome.cancel(true);
            Thread.currentThread().interrupt();
            throw new NotMeasurableException(
                    Reason.COULD_NOT_REPEAT, "the test's thread was interrupted during the repetitions", null);
        }
    }

    private static NotMeasurableException couldNotRepeat(@Nullable Throwable failure) {
        RepetitionFailedException described = failure instanceof RepetitionFailedException known
                ? known
                : RepetitionFailedException.causedBy(failure == null ? new IllegalStateException() : failure);
        return new NotMeasurableException(
                Reason.COULD_NOT_REPEAT, "the test passed once and failed when it was repeated: " + described.getMessage(), null);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
