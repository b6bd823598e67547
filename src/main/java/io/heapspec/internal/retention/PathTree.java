package io.heapspec.internal.retention;

import java.util.Arrays;

/**
 * All path names of one or more dumps, as a tree: each node is an edge and the class it leads to, below the node it starts from.
 *
 * <p>Recursive structures fold: an object of the same class as its holder, or an edge and class that two ancestors already have, reuse
 * that node, so that a list of 100,000 links is one step. Folding by class is not cosmetic: the entries of a map are reached through
 * its table or through the entry before, and which of the two changes whenever the table is resized.
 *
 * <p>Two ancestors, not one: in a list of lists the arrays of the inner lists would else be counted with that of the outer one, and
 * hide what lies between.
 *
 * <p>Paths have an order, which depends on nothing but names: {@link #compare}.
 */
final class PathTree {

    /** The node above all roots. */
    static final int TOP = 0;

    private static final int DEEPEST = 200;

    final Names<EdgeName> edges = new Names<>();
    final Names<String> types = new Names<>();
    private int[] parent = new int[1 << 12];
    private int[] edge = new int[1 << 12];
    private int[] type = new int[1 << 12];
    private int[] depth = new int[1 << 12];
    private int size = 1;
    private long[] keys = new long[1 << 14];
    private int[] values = new int[1 << 14];
    private int stored;
    private int[] ranks = new int[1 << 10];
    private final long[] compared = new long[1 << 10];

    PathTree() {
        edge[TOP] = -1;
        type[TOP] = -1;
    }

    int size() {
        return size;
    }

    int parentOf(int node) {
        return parent[node];
    }

    EdgeName edgeOf(int node) {
        return edges.valueOf(edge[node]);
    }

    int depthOf(int node) {
        return depth[node];
    }

    /** Tells whether a path is another one, or begins with it. */
    boolean isBelow(int node, int other) {
        int at = node;
        while (depth[at] > depth[other]) {
            at = parent[at];
        }
        return at == other;
    }

    int typeIdOf(int node) {
        return type[node];
    }

    String typeOf(int node) {
        return types.valueOf(type[node]);
    }

    /** Returns the node that an edge from an object at {@code from} to an object of this class leads to. */
    int child(int from, int edgeId, int typeId) {
        long key = key(from, edgeId, typeId);
        int mask = keys.length - 1;
        int slot = slot(key, mask);
        while (keys[slot] != 0) {
            if (keys[slot] == key) {
                return values[slot];
            }
            slot = (slot + 1) & mask;
        }
        int node = fold(from, edgeId, typeId);
        keys[slot] = key;
        values[slot] = node;
        if (++stored * 2 > keys.length) {
            rehash();
        }
        return node;
    }

    /** Puts a root before those of a higher rank, whatever their names are. */
    void rank(int edgeId, int rank) {
        if (edgeId >= ranks.length) {
            ranks = Arrays.copyOf(ranks, edgeId * 2);
        }
        ranks[edgeId] = rank;
    }

    private int rankOf(int edgeId) {
        return edgeId < ranks.length ? ranks[edgeId] : 0;
    }

    /** Tells whether a path comes before another one: at the root where they part the rank decides, else the names of edge and class. */
    boolean isBefore(int node, int other) {
        // Whole levels ask for the same few pairs. An answer is kept as the pair with the first bit for yes; 0 is no
        // pair that is asked for.
        long pair = (long) node << 32 | other;
        int slot = slot(pair, compared.length - 1);
        if ((compared[slot] & Long.MAX_VALUE) != pair) {
            compared[slot] = pair | (compare(node, other) < 0 ? Long.MIN_VALUE : 0);
        }
        return compared[slot] < 0;
    }

    /** Compares paths step by step, as {@link #isBefore} says; one that another one begins with comes first. */
    int compare(int node, int other) {
        int a = node;
        int b = other;
        while (depth[a] > depth[b]) {
            a = parent[a];
        }
        while (depth[b] > depth[a]) {
            b = parent[b];
        }
        if (a == b) {
            return Integer.compare(depth[node], depth[other]);
        }
        while (parent[a] != parent[b]) {
            a = parent[a];
            b = parent[b];
        }
        return compareSiblings(a, b);
    }

    private int compareSiblings(int a, int b) {
        if (edge[a] == edge[b]) {
            return typeOf(a).compareTo(typeOf(b));
        }
        int byRank = Integer.compare(rankOf(edge[a]), rankOf(edge[b]));
        return byRank != 0 ? byRank : EdgeName.compare(edgeOf(a), edgeOf(b));
    }

    private int fold(int from, int edgeId, int typeId) {
        if (from != TOP && type[from] == typeId) {
            return from;
        }
        int nearest = TOP;
        for (int ancestor = from; ancestor != TOP; ancestor = parent[ancestor]) {
            if (edge[ancestor] == edgeId && type[ancestor] == typeId) {
                if (nearest != TOP) {
                    return nearest;
                }
                nearest = ancestor;
            }
        }
        return depth[from] >= DEEPEST ? from : add(from, edgeId, typeId);
    }

    private int add(int from, int edgeId, int typeId) {
        if (size == parent.length) {
            parent = Arrays.copyOf(parent, size * 2);
            edge = Arrays.copyOf(edge, size * 2);
            type = Arrays.copyOf(type, size * 2);
            depth = Arrays.copyOf(depth, size * 2);
        }
        parent[size] = from;
        edge[size] = edgeId;
        type[size] = typeId;
        depth[size] = depth[from] + 1;
        return size++;
    }

    private void rehash() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[keys.length];
        int mask = keys.length - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i], mask);
                while (keys[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /** 24 bits of node, 20 of edge, 19 of class; the sign bit tells a key from an empty slot. */
    private static long key(int from, int edgeId, int typeId) {
        return Long.MIN_VALUE | (long) from << 39 | (long) edgeId << 19 | typeId;
    }

    private static int slot(long key, int mask) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40 ^ mixed >>> 20) & mask;
    }
}
