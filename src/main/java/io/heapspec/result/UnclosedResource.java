package io.heapspec.result;

import java.util.List;
import java.util.Map;

/**
 * A resource that each run leaves open, though nothing holds it any more.
 *
 * @param kind {@link LeakKind#FILES} where it has a file descriptor, else {@link LeakKind#NATIVE_MEMORY}
 * @param severity how soon it is felt
 * @param className class of the object that should have been closed; empty if it is gone and only the system still counts the descriptor
 * @param perRun how many each run leaves open
 * @param closedByCollector whether a garbage collection closes it in the end; if not, it stays open as long as the JVM lives
 * @param descriptors how many descriptors of each sort a run leaves open, such as {@code socket}; empty where the system does not tell
 * @param origins where it was opened, or such as it; empty if that is not known
 * @param fingerprint the same for the same resource in every run
 * @since 0.1
 */
public record UnclosedResource(
        LeakKind kind,
        Severity severity,
        String className,
        double perRun,
        boolean closedByCollector,
        Map<String, Double> descriptors,
        List<Origin> origins,
        String fingerprint)
        implements Finding {

    public UnclosedResource {
        descriptors = Map.copyOf(descriptors);
        origins = List.copyOf(origins);
    }

    @Override
    public String leakedClass() {
        return className;
    }

    @Override
    public String place() {
        return (className.isEmpty() ? String.join(", ", sorts()) : className) + " left open";
    }

    /** Returns the same resource with the places where it was opened. */
    public UnclosedResource openedAt(List<Origin> known) {
        return new UnclosedResource(
                kind, severity, className, perRun, closedByCollector, descriptors, known, fingerprint);
    }

    /** Returns the sorts of its descriptors, in alphabetical order. */
    public List<String> sorts() {
        return descriptors.keySet().stream().sorted().toList();
    }
}
