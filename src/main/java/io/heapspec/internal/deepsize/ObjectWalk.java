package io.heapspec.internal.deepsize;

import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.ClassFootprint;
import io.heapspec.result.DeepSize;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Adds up an object and all that it refers to, directly or by others, each object once. */
public final class ObjectWalk {

    private static final Set<Class<?>> BELONG_TO_THE_JVM =
            Set.of(Class.class, ClassLoader.class, Module.class, ModuleLayer.class, Thread.class, ThreadGroup.class);

    private final ObjectLayouts layouts;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final Map<String, Count> counts = new HashMap<>();

    private ObjectWalk(ObjectLayouts layouts) {
        this.layouts = layouts;
    }

    /**
     * Walks from an object.
     *
     * @throws IllegalStateException if objects cannot be read in this JVM; the message says why
     */
    public static DeepSize from(Object root) {
        return new ObjectWalk(new ObjectLayouts(JolAccess.jvm())).walk(root);
    }

    private DeepSize walk(Object root) {
        Consumer<Object> discover = this::discover;
        discover(root);
        for (Object next = waiting.poll(); next != null; next = waiting.poll()) {
            counts.computeIfAbsent(nameOf(next.getClass()), name -> new Count()).add(layouts.sizeOf(next));
            layouts.forEachReference(next, discover);
        }
        return new DeepSize(counts.entrySet().stream()
                .map(each -> new ClassFootprint(each.getKey(), each.getValue().objects, each.getValue().bytes))
                .sorted(Comparator.comparingLong(ClassFootprint::bytes)
                        .reversed()
                        .thenComparing(ClassFootprint::className))
                .toList());
    }

    private void discover(Object object) {
        if (!belongsToTheJvm(object) && seen.add(object)) {
            waiting.add(object);
        }
    }

    private static boolean belongsToTheJvm(Object object) {
        return BELONG_TO_THE_JVM.stream().anyMatch(type -> type.isInstance(object));
    }

    private static String nameOf(Class<?> type) {
        String name = type.getTypeName();
        return name.substring(0, ClassNames.stableEnd(name, 0, name.length()));
    }

    private static final class Count {

        private long objects;
        private long bytes;

        void add(long size) {
            objects++;
            bytes += size;
        }
    }
}
