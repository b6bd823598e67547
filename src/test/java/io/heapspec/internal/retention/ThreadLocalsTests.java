package io.heapspec.internal.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.PathFinder;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.gc.HeapDumper.Dump;
import io.heapspec.internal.report.ChainText;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Leak;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps this JVM while values of thread locals pile up on this thread. */
@SuppressWarnings("ThreadLocalUsage") // what old code leaks through
class ThreadLocalsTests {

    private static final int RUNS = 20;

    private static final ThreadLocal<Map<Integer, Piling>> SMALL = ThreadLocal.withInitial(HashMap::new);
    private static final ThreadLocal<Map<Integer, Piling>> CONTEXT = ThreadLocal.withInitial(HashMap::new);
    private static final Adapter ADAPTER = new Adapter();
    private static final List<ThreadLocal<Piling>> ALL = new ArrayList<>();

    private final HeapDumper dumper = new HeapDumper(new Collector());

    @TempDir
    private Path folder;

    static class Piling {}

    static class Adapter {
        final ThreadLocal<List<Piling>> seen = ThreadLocal.withInitial(ArrayList::new);
    }

    @AfterEach
    void empty() {
        SMALL.remove();
        CONTEXT.remove();
        ADAPTER.seen.remove();
        ALL.forEach(ThreadLocal::remove);
        ALL.clear();
    }

    @Test
    void areNamedByTheFieldThatHoldsTheOneThatGrows() throws Exception {
        SMALL.get().put(0, new Piling());
        assertThat(growing(i -> CONTEXT.get().put(i, new Piling()))).isEqualTo("""
                        └ java.lang.Thread  thread local io.heapspec.internal.retention.ThreadLocalsTests.CONTEXT
                          └ java.util.HashMap  map[key]   <-- piles up here
                            └ io.heapspec.internal.retention.ThreadLocalsTests$Piling""");
    }

    @Test
    void areNamedByTheFieldOfAnObject() throws Exception {
        assertThat(growing(i -> ADAPTER.seen.get().add(new Piling()))).isEqualTo("""
                        └ java.lang.Thread  thread local io.heapspec.internal.retention.ThreadLocalsTests$Adapter.seen
                          └ java.util.ArrayList  list[*]   <-- piles up here
                            └ io.heapspec.internal.retention.ThreadLocalsTests$Piling""");
    }

    @Test
    void areNamedByWhatHoldsThemAllIfTheyPileUp() throws Exception {
        assertThat(growing(i -> {
                    ThreadLocal<Piling> local = new ThreadLocal<>();
                    local.set(new Piling());
                    ALL.add(local);
                }))
                .isEqualTo("""
                        └ java.lang.Thread  thread local in io.heapspec.internal.retention.ThreadLocalsTests.ALL   <-- piles up here
                          └ io.heapspec.internal.retention.ThreadLocalsTests$Piling""");
    }

    @Test
    void areNamedInThePathOfASingleObject() throws Exception {
        CONTEXT.get().put(1, new Piling());
        try (Dump dump = dumper.dump(dumper.prepare(folder));
                HeapGraph graph = HeapGraph.open(dump.file())) {
            int piling = graph.objectsOf(Piling.class.getName()).findFirst().orElseThrow();
            GcRootPath chain = new PathWords(graph)
                    .of(PathFinder.of(graph).shortestTo(piling).orElseThrow());

            assertThat(chain.elements().get(0).edge())
                    .isEqualTo("thread local io.heapspec.internal.retention.ThreadLocalsTests.CONTEXT");
        }
    }

    @Test
    void mayBeAllowedByTheirField() throws Exception {
        Leak leak = leak(i -> CONTEXT.get().put(i, new Piling()), AllowedRetention.parse(List.of("*Tests:CONTEXT")));
        assertThat(leak).isNull();
    }

    private String growing(Adding adding) throws Exception {
        GcRootPath chain = leak(adding, AllowedRetention.parse(List.of())).chain();
        List<String> lines = ChainText.lines(chain, chain.leakedClass(), "   <-- piles up here");
        return String.join("\n", lines.subList(1, lines.size())).replaceAll("(?m)^ {2}", "");
    }

    /** Returns the largest leak of what this class piles up; null if it is allowed. */
    private Leak leak(Adding adding, AllowedRetention allowed) throws Exception {
        Suspicion suspects = new Suspicion(Set.of(Piling.class.getName()), Set.of());
        LeakFinder.Question question =
                new LeakFinder.Question(allowed, suspects, runs -> Math.max(1, runs), field -> false);
        try (Dump before = dumper.dump(dumper.prepare(folder))) {
            for (int i = 0; i < RUNS; i++) {
                adding.add(i);
            }
            try (Dump after = dumper.dump(dumper.prepare(folder));
                    HeapGraph last = HeapGraph.open(after.file())) {
                return LeakFinder.compare(question, () -> HeapGraph.open(before.file()), last, RUNS).leaks().stream()
                        .filter(found -> found.leak().chain().leakedClass().equals(Piling.class.getName()))
                        .filter(found -> found.allowedBy().isEmpty())
                        .map(FoundLeak::leak)
                        .findFirst()
                        .orElse(null);
            }
        }
    }

    private interface Adding {
        void add(int run);
    }
}
