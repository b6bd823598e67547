package io.heapspec.cli;

import io.heapspec.heap.DominatorTree;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.PathFinder;
import io.heapspec.heap.RootPath;
import io.heapspec.internal.retention.PathWords;
import io.heapspec.result.GcRootPath;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Lists what retains most. */
@Command(
        name = "retained",
        description = {
            "Lists what retains most: objects at the top of the dominator tree, or classes.",
            "An object is at the top if no other object dominates it. What one object of a class retains of another "
                    + "counts once."
        },
        footer = {
            "  heapspec retained app.hprof",
            "  heapspec retained app.hprof --below 0x7ff01c28",
            "  heapspec retained app.hprof --by class --top 50",
            "  heapspec retained app.hprof --html retained.html"
        })
final class RetainedCommand extends DumpCommand {
    @Option(
            names = "--by",
            paramLabel = "object|class",
            converter = ByConverter.class,
            description = "List single objects with the chain that holds each (the default), or classes.")
    private By by = By.OBJECT;

    @Option(
            names = "--below",
            paramLabel = "0xID",
            converter = AddressConverter.class,
            description = "List what the object at this address dominates: the next level of the tree.")
    private @Nullable Long below;

    @Mixin
    private PageOptions page = new PageOptions();

    /** What a row is. */
    enum By {
        OBJECT,
        CLASS
    }

    @Override
    Findings analyse(HeapGraph graph, Progress stages) {
        if (below != null && by == By.CLASS) {
            throw wrong("--below lists objects, not classes");
        }
        int parent = below == null ? DominatorTree.ROOTS : at(graph, below);
        stages.stage("computing dominators");
        DominatorTree tree = DominatorTree.of(graph);
        stages.stage("adding up retained sizes");
        return by == By.OBJECT ? objects(graph, tree, parent) : classes(graph, tree);
    }

    private Retained objects(HeapGraph graph, DominatorTree tree, int parent) {
        List<Integer> tops = tree.dominatedBy(parent)
                .boxed()
                .sorted(Comparator.comparingLong((Integer object) -> tree.retainedSize(object))
                        .reversed())
                .toList();
        List<Integer> shown = tops.subList(0, page.shown(tops.size()));
        PathWords words = new PathWords(graph);
        Map<Integer, GcRootPath> chains = new HashMap<>();
        int[] targets = shown.stream().mapToInt(each -> each).toArray();
        for (RootPath path : PathFinder.of(graph).shortest(targets)) {
            chains.put(path.target(), words.of(path));
        }
        List<Retained.Row> rows = shown.stream()
                .map(object -> new Retained.Row(
                        words.typeOf(object),
                        address(graph, object),
                        1,
                        graph.shallowSize(object),
                        tree.retainedSize(object),
                        tree.retainedObjects(object),
                        chains.get(object)))
                .toList();
        String above = parent == DominatorTree.ROOTS ? "" : words.typeOf(parent) + " " + address(graph, parent);
        return new Retained(
                dump().toString(), by, above, tree.reachableObjects(), tree.reachableSize(), tops.size(), rows);
    }

    private static String address(HeapGraph graph, int object) {
        return "0x" + Long.toHexString(graph.idOf(object));
    }

    private Retained classes(HeapGraph graph, DominatorTree tree) {
        ClassSums sums = new ClassSums(graph, tree);
        tree.walk(sums::enter, sums::leave);
        int[] all = IntStream.range(0, graph.classCount())
                .filter(type -> sums.instances[type] > 0)
                .boxed()
                .sorted(Comparator.comparingLong((Integer type) -> sums.retainedBytes[type])
                        .reversed()
                        .thenComparing(type -> graph.classAt(type).name()))
                .mapToInt(each -> each)
                .toArray();
        List<Retained.Row> rows = IntStream.of(all)
                .limit(page.shown(all.length))
                .mapToObj(sums::row)
                .toList();
        return new Retained(dump().toString(), by, "", tree.reachableObjects(), tree.reachableSize(), all.length, rows);
    }

    @Override
    void keep(Findings findings) throws IOException {
        page.write(((PagedFindings) findings).page());
    }

    /** Adds up by class, going down the tree, so that it is known which classes lie above each object. */
    private static final class ClassSums {
        private final HeapGraph graph;
        private final DominatorTree tree;
        private final int[] above;
        private final int[] instances;
        private final long[] bytes;
        private final long[] retainedBytes;
        private final long[] retainedObjects;

        ClassSums(HeapGraph graph, DominatorTree tree) {
            this.graph = graph;
            this.tree = tree;
            above = new int[graph.classCount()];
            instances = new int[above.length];
            bytes = new long[above.length];
            retainedBytes = new long[above.length];
            retainedObjects = new long[above.length];
        }

        void enter(int object) {
            int type = graph.classIndexOf(object);
            instances[type]++;
            bytes[type] += graph.shallowSize(object);
            if (above[type]++ == 0) {
                retainedBytes[type] += tree.retainedSize(object);
                retainedObjects[type] += tree.retainedObjects(object);
            }
        }

        void leave(int object) {
            above[graph.classIndexOf(object)]--;
        }

        Retained.Row row(int type) {
            return new Retained.Row(
                    graph.classAt(type).name(),
                    "",
                    instances[type],
                    bytes[type],
                    retainedBytes[type],
                    retainedObjects[type],
                    null);
        }
    }

    /** Reads what a row is. */
    static final class ByConverter implements ITypeConverter<By> {
        @Override
        public By convert(String text) {
            return switch (text) {
                case "object" -> By.OBJECT;
                case "class" -> By.CLASS;
                default -> throw new TypeConversionException("'" + text + "' is neither object nor class");
            };
        }
    }
}
