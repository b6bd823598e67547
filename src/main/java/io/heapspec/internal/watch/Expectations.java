package io.heapspec.internal.watch;

import io.heapspec.heap.HeapInstance;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What is expected to be gone. Holds none of it. Thread-safe. */
public final class Expectations {

    private final List<WatchedReference> objects = new ArrayList<>();
    private final List<UnwantedInstances> instances = new ArrayList<>();

    /** Expects that an object is collected. */
    public synchronized void collected(Object object, String why) {
        objects.add(new WatchedReference(object, why));
    }

    /** Expects that some instances of a class, or of its subclasses, are not alive. */
    public synchronized void noInstance(Class<?> type, Predicate<HeapInstance> which, String why) {
        instances.add(new UnwantedInstances(type.getName(), isFinal(type), which, why));
    }

    /** Hands over what is expected so far, and forgets it. */
    public synchronized Taken take() {
        Taken taken = new Taken(List.copyOf(objects), List.copyOf(instances));
        objects.clear();
        instances.clear();
        return taken;
    }

    private static boolean isFinal(Class<?> type) {
        return Modifier.isFinal(type.getModifiers());
    }

    /** What was expected. */
    public record Taken(List<WatchedReference> objects, List<UnwantedInstances> instances) {

        /** Tells whether nothing was expected. */
        public boolean isEmpty() {
            return size() == 0;
        }

        int size() {
            return objects.size() + instances.size();
        }
    }
}
