package io.heapspec.internal.retention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final long[] bytesBelow;
    private final Map<Integer, List<Integer>> besides = new HashMap<>();

    /** @param least by how many objects or references a path must have grown to count as growing */
    Growth(PathTree tree, PathCounts before, PathCounts after, long least) {
        this.tree = tree;
        this.before = before;
        this.after = after;
        this.least = least;
        bytesBelow = new long[tree.size()];
        joinSiblings();
        // A child's number is always larger than its parent's, so that one pass from the end sums up whole subtrees.
        for (int node = tree.size() - 1; node > PathTree.TOP; node--) {
            bytesBelow[node] += Math.max(0, bytes(node));
            bytesBelow[tree.parentOf(node)] += bytesBelow[node];
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

    /** Returns how many objects more there are at a path itself. */
    long own(int node) {
        return after.objects(node) - before.objects(node);
    }

    /** Returns how many objects more there are at a path, and at those joined to it. */
    long objects(int node) {
        long objects = own(node);
        for (int each : besides(node)) {
            objects += own(each);
        }
        return objects;
    }

    /** Returns how many references more arrays at a path hold. */
    long elements(int node) {
        return after.elements(node) - before.elements(node);
    }

    /** Returns about how many of these are in arrays that were not there before. */
    long elementsOfNewArrays(int node) {
        long arrays = after.objects(node);
        return arrays == 0 ? 0 : Math.max(0, own(node)) * ((after.elements(node) + arrays - 1) / arrays);
    }

    /**
     * Tells whether a path is the table of a class's constants, or a literal in it. It is as long as the class has constants, and the JVM enters each when it
     * is first needed, be it by the compiler: string literals pile up there for as long as methods become hot, and are no leak.
     */
    boolean isConstantTable(int node) {
        if (node == PathTree.TOP) {
            return false;
        } else if (tree.typeOf(node).equals("java.lang.String") && tree.parentOf(node) != PathTree.TOP) {
            // A literal in the table, with its characters.
            return isConstantTable(tree.parentOf(node));
        }
        EdgeName edge = tree.edgeOf(node);
        return edge instanceof EdgeName.Root root && root.text().endsWith(CONSTANTS)
                || edge instanceof EdgeName.Field field && field.name().equals(CONSTANTS);
    }

    /**
     * Tells whether a path is that of objects alive though nothing in a dump refers to them. HotSpot leaves out the instance fields of class
     * objects: a name, a constructor, reflection data. Each of those is made once for each class, when it is first asked for.
     */
    boolean isFieldOfAClassObject(int node) {
        return tree.edgeOf(node).equals(Roots.HIDDEN);
    }

    /** Returns how many bytes more the objects at a path have. */
    long bytes(int node) {
        return after.bytes(node) - before.bytes(node);
    }

    /** Returns the paths that are counted together with one. */
    List<Integer> besides(int node) {
        return besides.getOrDefault(node, List.of());
    }

    /** Returns by how much a path must have grown to count as growing. */
    long least() {
        return least;
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

    /**
     * Returns how many objects of a class more are reachable, those left out that hang on constants of classes, or on fields of class objects
     * that dumps do not show. What is not reachable is stale, and on its way out.
     */
    long ofTheTest(String type) {
        long more = 0;
        for (int node = PathTree.TOP + 1; node < tree.size(); node++) {
            more += tree.typeOf(node).equals(type) && !isOfClasses(node) ? own(node) : 0;
        }
        return more;
    }

    /** Tells whether a path leads through constants of a class, or a field of a class object: there the JVM enters what code needs, once. */
    boolean isOfClasses(int node) {
        for (int at = node; at != PathTree.TOP; at = tree.parentOf(at)) {
            if (isConstantTable(tree.parentOf(at)) || isFieldOfAClassObject(at)) {
                return true;
            }
        }
        return false;
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
}
