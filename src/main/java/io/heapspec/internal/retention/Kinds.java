package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ObjectKind;
import io.heapspec.result.LeakKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What kind of thing piles up: told by where the platform keeps it, then by what it is, then by what it holds outside the heap. */
final class Kinds {

    /** The platform's registries: what is held by one of these is there because somebody registered it. */
    private static final Map<String, LeakKind> REGISTRIES = Map.of(
            "java.lang.ApplicationShutdownHooks", LeakKind.SHUTDOWN_HOOKS,
            "java.io.DeleteOnExitHook", LeakKind.FILES_TO_DELETE,
            "java.sql.DriverManager", LeakKind.JDBC_DRIVERS,
            "com.sun.jmx.mbeanserver.Repository", LeakKind.MBEANS,
            "java.lang.ThreadLocal$ThreadLocalMap", LeakKind.THREAD_LOCALS);

    private static final String DESCRIPTOR = "java.io.FileDescriptor";
    private static final String CLEANABLE = "java.lang.ref.PhantomReference";
    private static final int MOST_OBJECTS = 64;
    private static final int DEEPEST = 3;

    private final HeapGraph graph;
    private final ClassFacts facts;
    private final Closables closables = new Closables(null);

    Kinds(HeapGraph graph, ClassFacts facts) {
        this.graph = graph;
        this.facts = facts;
    }

    /**
     * Returns the kind of a leak.
     *
     * @param hops steps from the root to the leaked object
     * @param type its class
     */
    LeakKind of(List<Hop> hops, String type) {
        LeakKind registered = registered(hops);
        if (registered != null) {
            return registered;
        } else if (facts.isA(type, "java.lang.Thread")) {
            return LeakKind.THREADS;
        } else if (facts.isA(type, "java.lang.ClassLoader") || type.equals("java.lang.Class")) {
            return LeakKind.CLASS_LOADERS;
        } else if (facts.isA(type, "java.nio.MappedByteBuffer")) {
            return LeakKind.BUFFERS;
        } else if (facts.isA(type, "java.nio.channels.Selector")) {
            return LeakKind.FILES;
        }
        return type.equals(DESCRIPTOR) || ClassFacts.isOfJdk(type) && closables.isClosable(type)
                ? outsideTheHeap(type)
                : LeakKind.OBJECTS;
    }

    private static @Nullable LeakKind registered(List<Hop> hops) {
        for (Hop hop : hops) {
            LeakKind kind = REGISTRIES.get(ownerOf(hop));
            if (kind != null) {
                return kind;
            }
        }
        return null;
    }

    /** The class that declares the field of a step, be it the static field that a chain starts at. */
    private static String ownerOf(Hop hop) {
        if (hop.edge() instanceof EdgeName.Root root && root.text().startsWith(AllowedRetention.STATIC)) {
            return root.text()
                    .substring(AllowedRetention.STATIC.length(), root.text().lastIndexOf('.'));
        }
        return hop.edge() instanceof EdgeName.Field field ? field.declaringClass() : hop.holder();
    }

    /** An object of the JDK that can be closed and has a descriptor, or a cleaner, stands for what these are of. */
    private LeakKind outsideTheHeap(String type) {
        LeakKind kind = type.equals(DESCRIPTOR) ? LeakKind.FILES : LeakKind.OBJECTS;
        BitSet seen = new BitSet();
        List<Integer> level = graph.objectsOf(type).limit(1).boxed().toList();
        for (int depth = 0; depth < DEEPEST && !level.isEmpty(); depth++) {
            List<Integer> next = new ArrayList<>();
            for (int object : level) {
                graph.forEachReference(object, (edge, target) -> {
                    if (isPartOfJdk(target) && next.size() < MOST_OBJECTS && !seen.get(target)) {
                        seen.set(target);
                        next.add(target);
                    }
                });
            }
            if (next.stream().anyMatch(each -> graph.classOf(each).isSubclassOf(DESCRIPTOR))) {
                return LeakKind.FILES;
            } else if (next.stream().anyMatch(each -> graph.classOf(each).isSubclassOf(CLEANABLE))) {
                kind = LeakKind.NATIVE_MEMORY;
            }
            level = next;
        }
        return kind;
    }

    private boolean isPartOfJdk(int object) {
        return graph.kindOf(object) == ObjectKind.INSTANCE
                && ClassFacts.isOfJdk(graph.classOf(object).name());
    }
}
