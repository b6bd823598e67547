package io.heapspec.corpus;

import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** All cases: tests that leak and say so with {@link Leaks}, and tests that do not. */
final class Corpus {

    static final List<Class<?>> CLASSES = List.of(
            CacheCleanTestCases.class,
            ClassLoaderLeakTestCases.class,
            CollectionLeakTestCases.class,
            ConcurrencyCleanTestCases.class,
            FirstUseCleanTestCases.class,
            HarnessLeakTestCases.class,
            LibraryCleanTestCases.class,
            LibraryLeakTestCases.class,
            LifecycleCleanTestCases.class,
            LifecycleLeakTestCases.class,
            ListenerLeakTestCases.class,
            PlatformLeakTestCases.class,
            ReferenceLeakTestCases.class,
            ResourceLeakTestCases.class,
            ThreadLeakTestCases.class);

    private Corpus() {}

    /** Returns every test method of every class, nested ones included. */
    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        CLASSES.forEach(type -> collect(type, cases));
        return List.copyOf(cases);
    }

    private static void collect(Class<?> type, List<Case> cases) {
        ReflectionSupport.findMethods(
                        type,
                        method -> AnnotationSupport.isAnnotated(method, Testable.class),
                        HierarchyTraversalMode.TOP_DOWN)
                .forEach(method -> cases.add(new Case(type, method)));
        Arrays.stream(type.getDeclaredClasses())
                .filter(each -> AnnotationSupport.isAnnotated(each, org.junit.jupiter.api.Nested.class))
                .forEach(each -> collect(each, cases));
    }

    /**
     * A test of the corpus.
     *
     * @param type the class whose instances run it
     * @param method the test method
     */
    record Case(Class<?> type, Method method) {

        boolean leaks() {
            Leaks leaks = method.getAnnotation(Leaks.class);
            return leaks != null && Runtime.version().feature() <= leaks.untilJdk();
        }

        /** Whether a reader of this chain is told what leaks and where. */
        boolean isNamedBy(FoundLeak leak) {
            Leaks leaks = method.getAnnotation(Leaks.class);
            String root = leak.rootKind().toUpperCase(java.util.Locale.ROOT) + " " + leak.root();
            return !leaks.unclosed()
                    && (leaks.holder().isEmpty() || leaks.holder().equals(leak.holder()))
                    && Arrays.stream(leaks.root()).anyMatch(root::contains)
                    && Arrays.stream(leaks.leaked()).anyMatch(leak.leakedClass()::contains)
                    && isOfItsKind(leaks, leak.kind());
        }

        /** Whether a reader is told what is left open. */
        boolean isNamedBy(LeftOpen open) {
            Leaks leaks = method.getAnnotation(Leaks.class);
            return leaks.unclosed()
                    && Arrays.stream(leaks.leaked()).anyMatch(open.name()::contains)
                    && isOfItsKind(leaks, open.kind());
        }

        private static boolean isOfItsKind(Leaks leaks, String kind) {
            return leaks.kind().length == 0
                    || Arrays.stream(leaks.kind()).anyMatch(each -> each.name().equalsIgnoreCase(kind));
        }

        String name() {
            return type.getName().substring(type.getPackageName().length() + 1) + "." + method.getName();
        }
    }

    /**
     * What HeapSpec said piles up.
     *
     * @param kind its kind, in lower case
     * @param leakedClass what
     * @param rootKind the kind of the GC root
     * @param root its text
     * @param accumulationPoint where
     * @param holder whose it is
     */
    record FoundLeak(
            String kind, String leakedClass, String rootKind, String root, String accumulationPoint, String holder) {}

    /**
     * What HeapSpec said is left open.
     *
     * @param kind its kind, in lower case
     * @param name its class; empty if that is not known
     */
    record LeftOpen(String kind, @SerializedName("class") String name) {}
}
