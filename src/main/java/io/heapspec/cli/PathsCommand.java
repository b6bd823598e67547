package io.heapspec.cli;

import io.heapspec.heap.HeapClass;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.PathFinder;
import io.heapspec.heap.ReferenceStrength;
import io.heapspec.heap.RetainedSizes;
import io.heapspec.heap.RootOrder;
import io.heapspec.heap.RootPath;
import io.heapspec.internal.retention.PathWords;
import io.heapspec.result.GcRootPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Says why objects are alive. */
@Command(
        name = "paths",
        description = {
            "Says why objects are alive: the shortest chain of references from a GC root to each of them.",
            "Equal chains are counted, the commonest first."
        },
        exitCodeList = {
            "0:All went well.",
            "1:With --fail-on-found: one of the objects is alive.",
            "2:An option or argument is wrong.",
            "3:A file cannot be read or written, or is damaged.",
            "4:There is not enough memory."
        },
        footer = {
            "  heapspec paths app.hprof --class com.acme.Session --retained",
            "  heapspec paths app.hprof --class java.lang.ClassLoader --subclasses",
            "  heapspec paths app.hprof --object 0x7ff01c28 --disjoint 3",
            "  heapspec paths app.hprof --class 'com.acme.*' --html paths.html"
        })
final class PathsCommand extends DumpCommand {
    private static final long MOST_TARGETS = 10_000;
    /** Each disjoint path is a search through the whole heap. */
    private static final long MOST_TARGETS_OF_SEVERAL = 10;

    @ArgGroup(multiplicity = "1")
    private Targets targets = new Targets();

    @Option(names = "--subclasses", description = "With --class: objects of subclasses as well.")
    private boolean subclasses;

    @Option(
            names = "--max",
            paramLabel = "N",
            converter = Whole.Converter.class,
            description = "Look at no more than N of the objects (default: 10000, with --disjoint 10).")
    private @Nullable Whole max;

    @Option(
            names = "--disjoint",
            paramLabel = "K",
            converter = Whole.Converter.class,
            description = "Up to K chains to each object that have no object in common: what else has to let go.")
    private Whole disjoint = new Whole(1);

    @Option(names = "--soft", description = "Follow soft references as well as strong ones.")
    private boolean soft;

    @Option(
            names = "--roots",
            paramLabel = "explaining|all",
            converter = RootOrderConverter.class,
            description = {
                "Where chains begin: 'explaining' takes statics and threads before what is behind them (the default),",
                "'all' takes all roots of the dump alike, for the shortest chains there are."
            })
    private RootOrder roots = RootOrder.EXPLAINING;

    @Option(
            names = "--retained",
            description = "Also compute what would die with the objects of each chain listed; a search for each.")
    private boolean retained;

    @Option(names = "--fail-on-found", description = "Exit with 1 if one of the objects is alive.")
    private boolean failOnFound;

    @Mixin
    private PageOptions page = new PageOptions();

    /** One of two ways to name objects. */
    private static final class Targets {
        @Option(
                names = "--class",
                paramLabel = "NAME",
                converter = NamePattern.Converter.class,
                description =
                        "All objects of this class: * stands for anything, or a regular expression between slashes.")
        private @Nullable NamePattern type;

        @Option(
                names = "--object",
                paramLabel = "0xID",
                converter = AddressConverter.class,
                description = "The object at this address, as reports show it.")
        private @Nullable Long address;
    }

    @Override
    Findings analyse(HeapGraph graph, Progress stages) {
        int[] all = targets.address != null ? new int[] {at(graph, targets.address)} : objects(graph);
        long limit = max != null ? max.value() : disjoint.value() > 1 ? MOST_TARGETS_OF_SEVERAL : MOST_TARGETS;
        int[] some = IntStream.of(all).limit(limit).toArray();
        stages.stage("looking for paths");
        Map<List<GcRootPath>, List<Integer>> byChains = new LinkedHashMap<>();
        PathWords words = new PathWords(graph);
        for (List<RootPath> paths : paths(graph, some)) {
            List<GcRootPath> chains = paths.stream().map(words::of).toList();
            byChains.computeIfAbsent(chains, any -> new ArrayList<>())
                    .add(paths.get(0).target());
        }
        List<PathGroup> groups = byChains.entrySet().stream()
                .map(entry -> PathGroup.of(graph, entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt((PathGroup group) -> group.objects().length)
                        .thenComparingLong(PathGroup::bytes)
                        .reversed())
                .toList();
        int reached = groups.stream().mapToInt(group -> group.objects().length).sum();
        List<PathGroup> shown = new ArrayList<>(groups.subList(0, page.shown(groups.size())));
        if (retained) {
            stages.stage("computing retained sizes");
            shown.replaceAll(group -> group.retaining(RetainedSizes.of(graph, group.objects())));
        }
        return new Paths(
                dump().toString(), targetText(), all.length, some.length, reached, groups.size(), shown, failOnFound);
    }

    private List<List<RootPath>> paths(HeapGraph graph, int[] some) {
        PathFinder finder =
                PathFinder.of(graph).from(roots).following(soft ? ReferenceStrength.SOFT : ReferenceStrength.STRONG);
        if (disjoint.value() <= 1) {
            return finder.shortest(some).stream().map(List::of).toList();
        }
        return IntStream.of(some)
                .mapToObj(target -> finder.disjoint(target, (int) Math.min(disjoint.value(), Integer.MAX_VALUE)))
                .filter(paths -> !paths.isEmpty())
                .toList();
    }

    private int[] objects(HeapGraph graph) {
        BitSet wanted = new BitSet();
        for (int i = 0; i < graph.classCount(); i++) {
            wanted.set(i, isWanted(graph.classAt(i)));
        }
        return IntStream.range(0, graph.objectCount())
                .filter(object -> wanted.get(graph.classIndexOf(object)))
                .toArray();
    }

    private boolean isWanted(HeapClass type) {
        for (HeapClass at = type; at != null; at = subclasses ? at.superclass() : null) {
            if (targets.type != null && targets.type.matches(at.name())) {
                return true;
            }
        }
        return false;
    }

    private String targetText() {
        return targets.type != null
                ? targets.type.text()
                : "0x" + Long.toHexString(targets.address == null ? 0 : targets.address);
    }

    @Override
    void keep(Findings findings) throws IOException {
        page.write(((PagedFindings) findings).page());
    }

    /** Reads the two orders. */
    static final class RootOrderConverter implements ITypeConverter<RootOrder> {
        @Override
        public RootOrder convert(String text) {
            return switch (text) {
                case "explaining" -> RootOrder.EXPLAINING;
                case "all" -> RootOrder.ALL_ALIKE;
                default -> throw new TypeConversionException("'" + text + "' is neither explaining nor all");
            };
        }
    }
}
