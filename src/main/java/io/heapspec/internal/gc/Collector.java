package io.heapspec.internal.gc;

import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Forces collections and confirms that they happened. The only place that calls {@code System.gc()}.
 *
 * <p>A collection is confirmed when a {@linkplain Sentinel sentinel} made just before it is gone. Under
 * {@code -XX:+DisableExplicitGC}, where {@code System.gc()} does nothing, the diagnostic command {@code GC.run} still collects on
 * Serial, Parallel, G1 and ZGC.
 *
 * <p>Thread-safe.
 */
public final class Collector {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /**
     * Forces a collection and waits until it is confirmed.
     *
     * @throws CollectionNotConfirmedException if no collection can be forced here
     */
    public void collect() throws CollectionNotConfirmedException {
        Sentinel sentinel = new Sentinel();
        System.gc();
        if (sentinel.isCollected()) {
            return;
        }
        runDiagnosticCommand();
        if (!sentinel.isCollected() && !isCollectedSoon(sentinel)) {
            throw new CollectionNotConfirmedException(
                    "no collection could be forced: neither System.gc() nor the diagnostic"
                            + " command GC.run collected an object that nothing holds (collector: " + name() + ")");
        }
    }

    /** Names the collectors of this JVM as its MXBeans do, without their generations: {@code G1}, {@code Copy + MarkSweepCompact}. */
    public static String name() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(bean -> bean.getName().split(" ")[0])
                .distinct()
                .collect(Collectors.joining(" + "));
    }

    private static boolean isCollectedSoon(Sentinel sentinel) {
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(sentinel::isCollected);
            return true;
        } catch (ConditionTimeoutException tooLate) {
            return false;
        }
    }

    private static void runDiagnosticCommand() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcRun",
                            new Object[0],
                            new String[0]);
        } catch (JMException | SecurityException absent) {
            // The caller asks the sentinel; a JVM without the command is one where it is not collected.
        }
    }
}
