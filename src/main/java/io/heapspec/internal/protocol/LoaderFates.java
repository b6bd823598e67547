package io.heapspec.internal.protocol;

import static org.awaitility.Awaitility.await;

import io.heapspec.internal.disposable.DisposedLoader;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.protocol.LoaderFate.Kind;
import io.heapspec.result.Reason;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** Finds out whether a class loader is held, and by what. */
final class LoaderFates {

    private final Collector collector = new Collector();

    LoaderFate of(DisposedLoader loader, LoaderPlan plan) throws NotMeasurableException {
        try {
            collector.collect();
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .atMost(plan.patience())
                    .until(() -> {
                        collector.collect();
                        return loader.reference().refersTo(null);
                    });
            return new LoaderFate(Kind.COLLECTED, "collected", null);
        } catch (CollectionNotConfirmedException e) {
            throw new NotMeasurableException(Reason.NO_CONFIRMED_COLLECTION, e.getMessage(), e);
        } catch (ConditionTimeoutException held) {
            return new LoaderFate(Kind.HELD, "held", null);
        }
    }
}
