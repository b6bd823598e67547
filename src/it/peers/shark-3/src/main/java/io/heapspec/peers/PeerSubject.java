package io.heapspec.peers;

import java.io.File;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import shark.CloseableHeapGraph;
import shark.HeapGraph;
import shark.HeapObject.HeapInstance;
import shark.HprofHeapGraph;
import shark.HprofIndex;
import shark.JdkReferenceMatchers;
import shark.LeakTrace;
import shark.LeakTracer;
import shark.MatchingGcRootProvider;
import shark.OpenJdkReferenceReaderFactory;
import shark.PrioritizingShortestPathFinder;
import shark.RealLeakTracerFactory;
import shark.ReferenceMatcher;

/** Shark's leak tracer, put together as its analyzer does it, but with the reader for the JDK's classes in place of Android's. */
public final class PeerSubject implements Peer {

    public static void main(String[] arguments) throws Exception {
        Rounds.run(new PeerSubject(), arguments);
    }

    @Override
    public List<Chain> chains(File dump, String className, boolean retained) throws Exception {
        try (CloseableHeapGraph graph = HprofHeapGraph.Companion.openHeapGraph(
                dump, null, HprofIndex.Companion.defaultIndexedGcRootTags())) {
            return tracer(retained)
                    .createFor(graph)
                    .traceObjects(instances(graph, className))
                    .getApplicationLeaks()
                    .stream()
                    .flatMap(leak -> leak.getLeakTraces().stream())
                    .map(PeerSubject::chain)
                    .toList();
        }
    }

    private static LeakTracer.Factory tracer(boolean retained) {
        List<ReferenceMatcher> known = JdkReferenceMatchers.getDefaults();
        return new RealLeakTracerFactory(
                new PrioritizingShortestPathFinder.Factory(
                        event -> {},
                        new OpenJdkReferenceReaderFactory(known),
                        new MatchingGcRootProvider(known),
                        retained),
                List.of(),
                event -> {});
    }

    private static Set<Long> instances(HeapGraph graph, String className) {
        Set<Long> ids = new HashSet<>();
        Iterator<HeapInstance> instances =
                graph.findClassByName(className).getDirectInstances().iterator();
        while (instances.hasNext()) {
            ids.add(instances.next().getObjectId());
        }
        return ids;
    }

    private static Chain chain(LeakTrace trace) {
        Integer retained = trace.getLeakingObject().getRetainedHeapByteSize();
        return new Chain(trace.toString(), trace.getReferencePath().size(), retained == null ? 0 : retained);
    }
}
