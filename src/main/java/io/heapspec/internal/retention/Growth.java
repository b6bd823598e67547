package io.heapspec.internal.retention;

import io.heapspec.internal.retention.Accumulation.Unit;
import io.heapspec.result.RootKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one dump has more than another of the same program, path by path. */
final class Growth {

    /** The name that HotSpot gives, in dumps, to the field of a class with its constants. */
    private static final String CONSTANTS = "<resolved_references>";

    private final PathTree tree;
    private final PathCounts before;
    private final PathCounts after;
    private final long least;
    private final Suspicion suspects;
    private final long[] bytesBelow;
    private final boolean[] suspectedBelow;
    private final Map<String, Long> elementsByType = new HashMap<>();
    private final Map<Integer, List<Integer>> besides = new HashMap<>();

    /**
     * @param least by how many objects or references a path must have grown to count as growing
     * @param suspects what the class histogram saw growing all the time; growth without any of that is passed over
     */
    Growth(PathTree tree, PathCounts before, PathCounts after, long least, Suspicion suspects) {
        this.tree = tree;
        this.before = before;
        this.after = after;
        this.least = least;
        this.suspects = suspects;
        bytesBelow = new long[tree.size()];
        suspectedBelow = new boolean[tree.size()];
        joinSiblings();
        // A child's number is always larger than its parent's, so that one pass from the end sums up whole subtrees.
        for (int node = tree.size() - 1; node > PathTree.TOP; node--) {
            bytesBelow[node] += Math.max(0, after.bytes(node) - before.bytes(node));
            suspectedBelow[node] |= objects(node) >= least && suspects.piling().contains(tree.typeOf(node));
            suspectedBelow[tree.parentOf(node)] |= suspectedBelow[node];
            bytesBelow[tree.parentOf(node)] += bytesBelow[node];
            elementsByType.merge(tree.typeOf(node), elements(node), Long::sum);
        }
    }

    /**
     * Joins paths that differ in their last edge only, where they grow enough together and none of them alone: the links of a doubly linked
     * list are reached from both of its ends.
     */
    private void joinSiblings() {
        Map<Long, List<Integer>> siblings = new HashMap<>();
        for (int node = PathTree.TOP + 1; node < tree.size(); node++) {
            if (own(node) > 0 && tree.parentOf(node) != PathTree.TOP) {
                long key = (long) tree.parentOf(node) << 32 | tree.typeIdOf(node);
                siblings.computeIfAbsent(key, sameParentAndType -> new ArrayList<>())
                        .add(node);
            }
        }
        for (List<Integer> nodes : siblings.values()) {
            nodes.sort(Comparator.comparingLong(this::own).reversed().thenComparing(Comparator.naturalOrder()));
            if (nodes.size() > 1 && own(nodes.get(0)) < least) {
                besides.put(nodes.get(0), nodes.subList(1, nodes.size()));
            }
        }
    }

    private long own(int node) {
        return after.objects(node) - before.objects(node);
    }

    /** Returns how many objects more there are at a path, and at those joined to it. */
    long objects(int node) {
        long objects = own(node);
        for (int each : besides.getOrDefault(node, List.of())) {
            objects += own(each);
        }
        return objects;
    }

    /** Returns how many references more arrays at a path hold. */
    long elements(int node) {
        return after.elements(node) - before.elements(node);
    }

    /** Tells whether the histogram saw it grow as well, or something that it holds. */
    private boolean isSuspected(int node) {
        return suspectedBelow[node];
    }

    /**
     * Tells whether arrays at a path hold more references, and not only because they are reached by another path than before: then all
     * arrays of their class hold no more.
     */
    private boolean holdsMore(int node) {
        return elements(node) >= least
                && suspects.isOfArray(tree.typeOf(node))
                && elementsByType.getOrDefault(tree.typeOf(node), 0L) >= least
                && !isConstantTable(node);
    }

    /**
     * Tells whether a path is the table of a class's constants. It is as long as the class has constants, and the JVM enters each when it
     * is first needed, be it by the compiler: string literals pile up there for as long as methods become hot, and are no leak.
     */
    private boolean isConstantTable(int node) {
        if (node == PathTree.TOP) {
            return false;
        }
        EdgeName edge = tree.edgeOf(node);
        return edge instanceof EdgeName.Root root && root.text().endsWith(CONSTANTS)
                || edge instanceof EdgeName.Field field && field.name().equals(CONSTANTS);
    }

    /** Tells whether primitive arrays at a path are as many as before, and longer by a byte or more in each run. */
    private boolean lengthens(int node) {
        return own(node) == 0
                && bytes(node) >= least
                && suspects.stretching().contains(tree.typeOf(node))
                && isPrimitiveArray(tree.typeOf(node))
                && !isConstantTable(tree.parentOf(node));
    }

    private long bytes(int node) {
        return after.bytes(node) - before.bytes(node);
    }

    private static boolean isPrimitiveArray(String type) {
        return type.endsWith("[]")
                && type.indexOf('.') < 0
                && Character.isLowerCase(type.charAt(0))
                && type.indexOf("[][]") < 0;
    }

    boolean isGrowing(int node) {
        return node != PathTree.TOP && objects(node) >= least;
    }

    /** Returns how many bytes more there are at a path and below. */
    long bytesBelow(int node) {
        return bytesBelow[node];
    }

    /** Returns the children of a path that grow about as much as it does itself, in the order of paths. */
    List<Integer> growingChildren(int parent) {
        long enough = Math.min(least, Math.max(1, own(parent) * 9 / 10));
        List<Integer> children = new ArrayList<>();
        for (int node = parent + 1; node < tree.size(); node++) {
            if (tree.parentOf(node) == parent && objects(node) >= enough) {
                children.add(node);
            }
        }
        children.sort(tree::compare);
        return children;
    }

    /** Returns how many objects of a class more there are that hang on constants of classes. */
    long notOfTheTest(String type) {
        boolean[] below = new boolean[tree.size()];
        long more = 0;
        for (int node = PathTree.TOP + 1; node < tree.size(); node++) {
            int parent = tree.parentOf(node);
            below[node] = below[parent] || isConstantTable(parent);
            more += below[node] && tree.typeOf(node).equals(type) ? Math.max(0, objects(node)) : 0;
        }
        return more;
    }

    /** Tells whether far fewer objects of a class are reachable than there are more: what is not is stale, and on its way out. */
    boolean isOnItsWayOut(String type) {
        return IntStream.range(PathTree.TOP + 1, tree.size())
                        .filter(node -> tree.typeOf(node).equals(type))
                        .mapToLong(this::own)
                        .sum()
                < least / 2;
    }

    /** Names the paths that grew most, for the log. */
    String nearest() {
        return IntStream.range(PathTree.TOP + 1, tree.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer node) -> objects(node))
                        .reversed())
                .limit(8)
                .map(node -> "+" + objects(node) + " " + tree.typeOf(node) + " by " + tree.edgeOf(node))
                .collect(Collectors.joining("; "));
    }

    /** Returns all places where something piles up, those with most bytes first. */
    List<Accumulation> accumulations() {
        List<Accumulation> found = new ArrayList<>();
        boolean[] growsInside = new boolean[tree.size()];
        for (int node = PathTree.TOP + 1; node < tree.size(); node++) {
            if (isGrowing(node)
                    && !isGrowing(tree.parentOf(node))
                    && isSuspected(node)
                    && !isConstantTable(tree.parentOf(node))) {
                found.add(new Accumulation(
                        node, besides.getOrDefault(node, List.of()), objects(node), bytesBelow[node], Unit.OBJECTS));
                growsInside[tree.parentOf(node)] = true;
            }
        }
        for (int node = PathTree.TOP + 1; node < tree.size(); node++) {
            if (holdsMore(node) && !isGrowing(node) && !growsInside[node]) {
                found.add(new Accumulation(node, List.of(), elements(node), 0, Unit.REFERENCES));
            } else if (lengthens(node)) {
                found.add(new Accumulation(node, List.of(), bytes(node), bytes(node), Unit.BYTES));
            }
        }
        if (found.isEmpty()) {
            scattered().ifPresent(found::add);
        }
        found.sort(Comparator.comparingLong(Accumulation::bytes)
                .reversed()
                .thenComparing(accumulation -> tree.typeOf(accumulation.node()))
                .thenComparing(Accumulation::node, tree::compare));
        return found;
    }

    /**
     * Returns what grows enough in one structure, but by several paths in it: the entries of a map that is also a list, the two ends of a ring,
     * entries of two classes. Of all suspected classes, the one nearest to the root.
     */
    private Optional<Accumulation> scattered() {
        return suspects.piling().stream()
                .flatMap(type -> scattered(type).stream())
                .min(Comparator.comparing(Accumulation::node, Comparator.comparingInt(tree::depthOf))
                        .thenComparing(Accumulation::node, tree::compare));
    }

    private Optional<Accumulation> scattered(String type) {
        List<Integer> nodes = IntStream.range(PathTree.TOP + 1, tree.size())
                .filter(node ->
                        own(node) > 0 && tree.typeOf(node).equals(type) && !isConstantTable(tree.parentOf(node)))
                .boxed()
                .toList();
        int structure = structureOf(nodes);
        List<Integer> inside = nodes.stream()
                .filter(node -> tree.isBelow(node, structure))
                .sorted(Comparator.comparingLong(this::own).reversed().thenComparing(tree::compare))
                .toList();
        if (structure == PathTree.TOP || inside.isEmpty()) {
            return Optional.empty();
        }
        long growth = inside.stream().mapToLong(this::own).sum();
        long bytes = inside.stream().mapToLong(node -> bytesBelow[node]).sum();
        List<Integer> others = inside.subList(1, inside.size());
        return Optional.of(new Accumulation(inside.get(0), others, growth, bytes, Unit.OBJECTS));
    }

    /** Returns the deepest path below which some paths grow enough together; the top if none is deep enough to be one structure. */
    private int structureOf(List<Integer> nodes) {
        long[] below = new long[tree.size()];
        nodes.forEach(node -> below[node] += own(node));
        int deepest = PathTree.TOP;
        // A child's number is always larger than its parent's.
        for (int node = tree.size() - 1; node > PathTree.TOP; node--) {
            below[tree.parentOf(node)] += below[node];
            if (below[node] >= least && !isAllClasses(node) && tree.depthOf(node) > tree.depthOf(deepest)) {
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
