package io.heapspec.peers;

import java.io.File;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import shark.CloseableHeapGraph;
import shark.HeapAnalysis;
import shark.HeapAnalysisFailure;
import shark.HeapAnalysisSuccess;
import shark.HeapAnalyzer;
import shark.HeapGraph;
import shark.HeapObject.HeapInstance;
import shark.HprofHeapGraph;
import shark.HprofIndex;
import shark.IgnoredReferenceMatcher;
import shark.LeakTrace;
import shark.MetadataExtractor;
import shark.OnAnalysisProgressListener;
import shark.ReferenceMatcher;
import shark.ReferencePattern.InstanceFieldPattern;

/** Shark as its documentation shows it: an open graph and the analyzer, which stops searching when all targets are found. */
public final class PeerSubject implements Peer {

    public static void main(String[] arguments) throws Exception {
        Rounds.run(new PeerSubject(), arguments);
    }

    @Override
    public List<Chain> chains(File dump, String className, boolean retained) throws Exception {
        try (CloseableHeapGraph graph = HprofHeapGraph.Companion.openHeapGraph(
                dump, null, HprofIndex.Companion.defaultIndexedGcRootTags())) {
            HeapAnalyzer analyzer = new HeapAnalyzer(OnAnalysisProgressListener.Companion.getNO_OP());
            HeapAnalysis analysis = analyzer.analyze(
                    dump,
                    graph,
                    same -> instances(same, className),
                    weak(),
                    retained,
                    List.of(),
                    MetadataExtractor.Companion.getNO_OP());
            return success(analysis).getApplicationLeaks().stream()
                    .flatMap(leak -> leak.getLeakTraces().stream())
                    .map(PeerSubject::chain)
                    .toList();
        }
    }

    private static HeapAnalysisSuccess success(HeapAnalysis analysis) throws Exception {
        if (analysis instanceof HeapAnalysisFailure failure) {
            throw failure.getException();
        }
        return (HeapAnalysisSuccess) analysis;
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

    /** References not to follow: those of {@code JdkReferenceMatchers}, which the library has since 3.0. */
    private static List<ReferenceMatcher> weak() {
        Stream<InstanceFieldPattern> referents = Stream.of("WeakReference", "SoftReference", "PhantomReference")
                .map(kind -> new InstanceFieldPattern("java.lang.ref." + kind, "referent"));
        Stream<InstanceFieldPattern> finalizers =
                Stream.of("prev", "next").map(field -> new InstanceFieldPattern("java.lang.ref.Finalizer", field));
        return Stream.concat(referents, finalizers)
                .<ReferenceMatcher>map(IgnoredReferenceMatcher::new)
                .toList();
    }

    private static Chain chain(LeakTrace trace) {
        Integer retained = trace.getLeakingObject().getRetainedHeapByteSize();
        return new Chain(trace.toString(), trace.getReferencePath().size(), retained == null ? 0 : retained);
    }
}
