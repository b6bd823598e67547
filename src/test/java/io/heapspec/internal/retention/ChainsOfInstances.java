package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import io.heapspec.result.GcRootPath;
import java.util.ArrayList;
import java.util.List;

/** What an analysis does to explain single objects: names every object by its path, counts them, and words the chains of some. */
public final class ChainsOfInstances {

    private ChainsOfInstances() {}

    /** Returns the chains of so many objects, spread evenly over the dump; those that nothing holds are passed over. */
    public static List<GcRootPath> of(HeapGraph graph, int count) {
        PathTree tree = new PathTree();
        Walk walk = Walk.strongly(graph, tree);
        Chain chain = new Chain(tree, new ClassFacts(graph));
        List<GcRootPath> chains = new ArrayList<>();
        for (long i = 1; chains.size() < count && i <= 10L * count; i++) {
            int node = walk.pathOf((int) (graph.objectCount() * i / (10L * count + 1)));
            if (node > PathTree.TOP && walk.counts().objects(node) > 0) {
                chains.add(chain.describe(chain.hops(node), -1, tree.typeOf(node)));
            }
        }
        return chains;
    }
}
