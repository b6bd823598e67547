package io.heapspec.internal.retention;

import io.heapspec.internal.retention.Accumulation.Unit;
import io.heapspec.result.RootKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The places where something piles up: the highest paths that grow, of what the class histogram saw growing all the time. */
final class Accumulations {

    private final PathTree tree;
    private final Growth growth;
    private final Suspicion suspects;
    private final boolean[] suspectedBelow;
    private final long[] ownOfChildren;
    private final Map<String, Long> elementsByType = new HashMap<>();

    Accumulations(PathTree tree, Growth growth, Suspicion suspects) {
        this.tree = tree;
        this.growth = growth;
        this.suspects = suspects;
        suspectedBelow = new boolean[tree.size()];
        ownOfChildren = new long[tree.size()];
        // A child's number is always larger than its parent's.
        for (int node = tree.size() - 1; node > PathTree.TOP; node--) {
            suspectedBelow[node] |= growth.isGrowing(node) && suspects.piling().contains(tree.typeOf(node));
            suspectedBelow[tree.parentOf(node)] |= suspectedBelow[node];
            ownOfChildren[tree.parentOf(node)] += Math.max(0, growth.own(node));
            elementsByType.merge(tree.typeOf(node), growth.elements(node), Long::sum);
        }
    }

    /** Tells whether the histogram saw it grow as well, or something that it holds. */
    private boolean isSuspected(int node) {
        return suspectedBelow[node];
    }

    /**
     * Tells whether arrays at a path hold more references to what there was before: not to new objects, of which the histogram would have seen
     * as many, not in new arrays, and not only because an array is reached by another path than before, for then all of its class hold no more.
     */
    private boolean holdsMore(int node) {
        return growth.elements(node) - ownOfChildren[node] - growth.elementsOfNewArrays(node) >= growth.least()
                && suspects.isOfArray(tree.typeOf(node))
                && (growth.own(node) == 0 || elementsByType.getOrDefault(tree.typeOf(node), 0L) >= growth.least())
                && !growth.isConstantTable(node);
    }

    /** Tells whether primitive arrays at a path are as many as before, and longer by a byte or more in each run. */
    private boolean lengthens(int node) {
        return growth.own(node) == 0
                && growth.bytes(node) >= growth.least()
                && suspects.stretching().contains(tree.typeOf(node))
                && isPrimitiveArray(tree.typeOf(node))
                && !growth.isConstantTable(tree.parentOf(node));
    }

    private static boolean isPrimitiveArray(String type) {
        return type.endsWith("[]")
                && type.indexOf('.') < 0
                && Character.isLowerCase(type.charAt(0))
                && type.indexOf("[][]") < 0;
    }

    /** Returns all places where something piles up, those with most bytes first. */
    List<Accumulation> all() {
        List<Accumulation> found = new ArrayList<>();
        boolean[] growsInside = new boolean[tree.size()];
        for (int node = PathTree.TOP + 1; node < tree.size(); node++) {
            if (growth.isGrowing(node)
                    && !growth.isGrowing(tree.parentOf(node))
                    && isSuspected(node)
                    && !growth.isFieldOfAClassObject(node)
                    && !growth.isConstantTable(tree.parentOf(node))) {
                found.add(new Accumulation(
                        node, growth.besides(node), growth.objects(node), growth.bytesBelow(node), Unit.OBJECTS));
                growsInside[tree.parentOf(node)] = true;
            }
        }
        for (int node = PathTree.TOP + 1; node < tree.size(); node++) {
            if (holdsMore(node) && !growth.isGrowing(node) && !growsInside[node]) {
                found.add(new Accumulation(node, List.of(), growth.elements(node), 0, Unit.REFERENCES));
            } else if (lengthens(node)) {
                found.add(new Accumulation(node, List.of(), growth.bytes(node), growth.bytes(node), Unit.BYTES));
            }
        }
        scattered(found).ifPresent(found::add);
        found.sort(Comparator.comparingLong(Accumulation::bytes)
                .reversed()
                .thenComparing(accumulation -> tree.typeOf(accumulation.node()))
                .thenComparing(Accumulation::node, tree::compare));
        return found;
    }

    /**
     * Returns what grows enough in one structure, but by several paths in it: the entries of a map that is also a list, the two ends of a ring,
     * entries of two classes. Of all suspected classes that no other place explains, the one nearest to the root.
     */
    private Optional<Accumulation> scattered(List<Accumulation> found) {
        return suspects.piling().stream()
                .filter(type -> found.isEmpty() || growthIn(found, type) < growth.least())
                .flatMap(type -> scattered(type).stream())
                .min(Comparator.comparing(Accumulation::node, Comparator.comparingInt(tree::depthOf))
                        .thenComparing(Accumulation::node, tree::compare));
    }

    /** Returns by how many objects of a class more some places hold. */
    private long growthIn(List<Accumulation> places, String type) {
        return IntStream.range(PathTree.TOP + 1, tree.size())
                .filter(node -> growth.own(node) > 0
                        && tree.typeOf(node).equals(type)
                        && places.stream().anyMatch(place -> tree.isBelow(node, place.node())))
                .mapToLong(growth::own)
                .sum();
    }

    private Optional<Accumulation> scattered(String type) {
        List<Integer> nodes = IntStream.range(PathTree.TOP + 1, tree.size())
                .filter(node -> growth.own(node) > 0 && tree.typeOf(node).equals(type) && !growth.isOfClasses(node))
                .boxed()
                .toList();
        int structure = structureOf(nodes);
        List<Integer> inside = nodes.stream()
                .filter(node -> tree.isBelow(node, structure))
                .sorted(Comparator.comparingLong(growth::own).reversed().thenComparing(tree::compare))
                .toList();
        if (structure == PathTree.TOP || inside.isEmpty()) {
            return Optional.empty();
        }
        long added = inside.stream().mapToLong(growth::own).sum();
        long bytes = inside.stream().mapToLong(node -> growth.bytesBelow(node)).sum();
        List<Integer> others = inside.subList(1, inside.size());
        return Optional.of(new Accumulation(inside.get(0), others, added, bytes, Unit.OBJECTS));
    }

    /** Returns the deepest path below which some paths grow enough together; the top if none is deep enough to be one structure. */
    private int structureOf(List<Integer> nodes) {
        long[] below = new long[tree.size()];
        nodes.forEach(node -> below[node] += growth.own(node));
        int deepest = PathTree.TOP;
        // A child's number is always larger than its parent's.
        for (int node = tree.size() - 1; node > PathTree.TOP; node--) {
            below[tree.parentOf(node)] += below[node];
            if (below[node] >= growth.least() && !isAllClasses(node) && tree.depthOf(node) > tree.depthOf(deepest)) {
                deepest = node;
            }
        }
        return deepest;
    }

    /** Returns by how much the suspected class grew that grew most in what holds an accumulation, from one dump to a later one. */
    long inStructureOf(Accumulation accumulation, PathCounts from, PathCounts to) {
        int structure = tree.parentOf(accumulation.node());
        if (structure == PathTree.TOP || isAllClasses(structure)) {
            return 0;
        }
        Map<String, Long> byType = new HashMap<>();
        for (int node = structure; node < tree.size(); node++) {
            if (suspects.piling().contains(tree.typeOf(node)) && tree.isBelow(node, structure)) {
                byType.merge(tree.typeOf(node), to.objects(node) - from.objects(node), Long::sum);
            }
        }
        return byType.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** All classes of a loader are no structure that one could point at. */
    private boolean isAllClasses(int node) {
        return tree.edgeOf(node) instanceof EdgeName.Root root && root.kind() == RootKind.STICKY_CLASS;
    }
}
