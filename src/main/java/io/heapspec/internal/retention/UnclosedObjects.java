package io.heapspec.internal.retention;

import io.heapspec.heap.FieldType;
import io.heapspec.heap.HeapClass;
import io.heapspec.heap.HeapField;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ObjectKind;
import io.heapspec.heap.PathFinder;
import io.heapspec.heap.ReferenceStrength;
import io.heapspec.heap.RootPath;
import io.heapspec.internal.util.ClassNames;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was left open and is held by nobody, as a dump shows it that was written before a collection: objects that wait for a cleaner, open file
 * descriptors, selectors. What is closed has told its cleaner, and is none of these.
 *
 * <p>Each is named by what a user would close: the public class that holds it, such as {@code java.io.FileInputStream} for a descriptor.
 */
public final class UnclosedObjects {

    private static final String DESCRIPTOR = "java.io.FileDescriptor";
    private static final String SELECTOR = "java.nio.channels.Selector";
    /** {@code java.lang.ref.Cleaner} registers these; dumps show no interfaces. */
    private static final String CLEANABLE = "jdk.internal.ref.PhantomCleanable";

    private static final List<String> CLOSED_FLAGS = List.of("closed", "isClosed");
    private static final int MOST_OWNERS = 4;
    private static final int NO_CLASS = -1;

    private final HeapGraph graph;
    private final Closables closables = new Closables(Thread.currentThread().getContextClassLoader());
    private final BitSet waiting = new BitSet();
    private final BitSet ofFiles = new BitSet();
    /** Descriptors that no cleaner waits for: some are closed, and keep their number all the same. */
    private final BitSet bare = new BitSet();

    private UnclosedObjects(HeapGraph graph) {
        this.graph = graph;
    }

    /**
     * Finds them. Classes are looked up where the thread that asks finds them.
     *
     * @return how many there are of each class, by name
     */
    public static Map<String, Unclosed> in(HeapGraph graph) {
        UnclosedObjects objects = new UnclosedObjects(graph);
        objects.collectWaiting();
        objects.leaveOutWhatIsHeld();
        return objects.named();
    }

    private void collectWaiting() {
        BitSet cleanables = classesBelow(CLEANABLE);
        BitSet descriptors = classesBelow(DESCRIPTOR);
        BitSet selectors = classesBelow(SELECTOR);
        BitSet cleaned = new BitSet();
        for (int object = 0; object < graph.objectCount(); object++) {
            int type = isInstance(object) ? graph.classIndexOf(object) : NO_CLASS;
            if (type != NO_CLASS && cleanables.get(type)) {
                int referent = graph.referenceField(object, "java.lang.ref.Reference", "referent");
                if (referent >= 0) {
                    waiting.set(referent);
                    cleaned.set(referent);
                    ofFiles.set(referent, hasDescriptor(referent, descriptors));
                }
            } else if (type != NO_CLASS
                    && (descriptors.get(type) && isOpen(object) || selectors.get(type) && !isClosed(object))) {
                waiting.set(object);
                ofFiles.set(object);
                bare.set(object, descriptors.get(type));
            }
        }
        bare.andNot(cleaned);
    }

    private boolean hasDescriptor(int object, BitSet descriptors) {
        boolean[] found = {descriptors.get(graph.classIndexOf(object))};
        graph.forEachReference(
                object,
                (edge, target) -> found[0] |=
                        isInstance(target) && descriptors.get(graph.classIndexOf(target)) && isOpen(target));
        return found[0];
    }

    private BitSet classesBelow(String ancestor) {
        BitSet below = new BitSet();
        IntStream.range(0, graph.classCount())
                .filter(i -> graph.classAt(i).isSubclassOf(ancestor))
                .forEach(below::set);
        return below;
    }

    private boolean isOpen(int descriptor) {
        HeapField number = graph.field(descriptor, DESCRIPTOR, "fd");
        return number != null && (int) graph.primitiveField(descriptor, number) >= 0;
    }

    /** What has no such flag is taken for open. */
    private boolean isClosed(int object) {
        for (HeapClass type = graph.classOf(object); type != null; type = type.superclass()) {
            for (HeapField field : type.fields()) {
                if (CLOSED_FLAGS.contains(field.name())
                        && field.type() == FieldType.BOOLEAN
                        && graph.primitiveField(object, field) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private void leaveOutWhatIsHeld() {
        for (RootPath held : PathFinder.of(graph).shortest(waiting.stream().toArray())) {
            waiting.clear(held.target());
        }
    }

    private Map<String, Unclosed> named() {
        Map<Integer, Integer> owners = owners();
        Map<String, Unclosed> found = new TreeMap<>();
        waiting.stream().forEach(object -> {
            int owner = owners.getOrDefault(object, object);
            String name = publicNameOf(graph.classOf(owner));
            if (owner != object || !bare.get(object) && (ofFiles.get(object) || closables.isClosable(name))) {
                Set<String> classes = Stream.of(object, owner)
                        .map(each -> ClassNames.stable(graph.classOf(each).name()))
                        .collect(Collectors.toSet());
                found.merge(name, new Unclosed(1, ofFiles.get(object), classes), Unclosed::plus);
            }
        });
        return found;
    }

    /** Returns, for each object that no user knows, what holds it and has to be closed. */
    private Map<Integer, Integer> owners() {
        Map<Integer, Integer> owners = new HashMap<>();
        Map<Integer, Integer> frontier = new HashMap<>();
        waiting.stream().filter(object -> !isKnownToUsers(object)).forEach(object -> frontier.put(object, object));
        for (int step = 0; step < MOST_OWNERS && !frontier.isEmpty(); step++) {
            Map<Integer, Integer> found = holders(frontier);
            frontier.clear();
            found.forEach((holder, object) -> {
                if (!isKnownToUsers(holder)) {
                    frontier.put(holder, object);
                } else if (closables.isClosable(graph.classOf(holder).name())) {
                    owners.put(object, holder);
                }
            });
        }
        return owners;
    }

    /** Returns what is not closed and refers to some objects, or stands in the way: each with the object that it may be the owner of. */
    private Map<Integer, Integer> holders(Map<Integer, Integer> objects) {
        Map<Integer, Integer> holders = new HashMap<>();
        for (int object = 0; object < graph.objectCount(); object++) {
            int holder = object;
            if (isInstance(object)) {
                graph.forEachReference(object, (edge, target) -> {
                    Integer owned = target == holder ? null : objects.get(target);
                    if (owned != null && mayBeOwner(holder)) {
                        holders.put(holder, owned);
                    }
                });
            }
        }
        return holders;
    }

    private boolean mayBeOwner(int holder) {
        return graph.classOf(holder).referenceStrength() == ReferenceStrength.STRONG && !isClosed(holder);
    }

    private boolean isInstance(int object) {
        return graph.classIndexOf(object) >= 0 && graph.kindOf(object) == ObjectKind.INSTANCE;
    }

    private boolean isKnownToUsers(int object) {
        String name = graph.classOf(object).name();
        return !name.equals(DESCRIPTOR) && isKnownToUsers(name);
    }

    private static boolean isKnownToUsers(String name) {
        return !ClassFacts.isOfJdk(name) || ClassFacts.isExportedByJdk(name);
    }

    /** Tells whether a class of the JDK is there for those who implement another, such as {@code AbstractSelector}. */
    private static boolean isForProviders(String name) {
        return ClassFacts.isOfJdk(name)
                && name.substring(0, name.lastIndexOf('.')).endsWith(".spi");
    }

    /** The class itself, or the nearest above it that users know. */
    private static String publicNameOf(HeapClass type) {
        for (HeapClass known = type; known != null; known = known.superclass()) {
            String name = known.name();
            if (!name.equals("java.lang.Object") && isKnownToUsers(name) && !isForProviders(name)) {
                return ClassNames.stable(name);
            }
        }
        return ClassNames.stable(type.name());
    }

    /**
     * Objects of one class that were left open.
     *
     * @param count how many
     * @param ofFile whether they have a file descriptor
     * @param classes names of their classes, and of those of what they are the public face of
     */
    public record Unclosed(long count, boolean ofFile, Set<String> classes) {

        public Unclosed {
            classes = Set.copyOf(classes);
        }

        private Unclosed plus(Unclosed other) {
            Set<String> all = new TreeSet<>(classes);
            all.addAll(other.classes);
            return new Unclosed(count + other.count, ofFile || other.ofFile, all);
        }
    }
}
