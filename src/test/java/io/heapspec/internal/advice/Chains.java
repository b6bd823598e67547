package io.heapspec.internal.advice;

import io.heapspec.result.GcRootDescription;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import io.heapspec.result.PathElement;
import io.heapspec.result.RootKind;
import io.heapspec.result.Severity;
import java.util.ArrayList;
import java.util.List;

/** Leaks by what is printed of their chain: {@code java.util.ArrayList list[*]!}, where {@code !} is the accumulation point. */
final class Chains {

    private Chains() {}

    static Leak leak(RootKind kind, String root, String leaked, String... hops) {
        List<PathElement> elements = new ArrayList<>();
        for (String hop : hops) {
            int edge = hop.indexOf(' ');
            boolean marked = hop.endsWith("!");
            elements.add(new PathElement(
                    hop.substring(0, edge), hop.substring(edge + 1, hop.length() - (marked ? 1 : 0)), marked));
        }
        GcRootPath chain = new GcRootPath(new GcRootDescription(kind, root), hops.length == 0, elements, leaked);
        return new Leak("0123456789abcdef", LeakKind.OBJECTS, Severity.LOW, chain, 1, 24, 24, 1, false);
    }

    static Leak byStatic(String field, String leaked, String... hops) {
        return leak(RootKind.STATIC_FIELD, "static field " + field, leaked, hops);
    }

    static Leak threads(Leak leak) {
        return new Leak(leak.fingerprint(), LeakKind.THREADS, Severity.LOW, leak.chain(), 1, 24, 24, 1, false);
    }
}
