package io.heapspec.internal.advice;

import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.GcRootDescription;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import io.heapspec.result.PathElement;
import io.heapspec.result.Reason;
import io.heapspec.result.RootKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to do, chosen by what holds the leaked object, not by what it is called. */
public final class Advice {

    private Advice() {}

    /** Says what to do about a leak: whose it is comes before what is known of the place, and that before what the chain alone says. */
    static String on(Leak leak, Holder holder, Optional<KnownSite> site, Optional<String> firstSeenIn) {
        String place = site.map(KnownSite::advice).orElseGet(() -> byChain(leak));
        String advice = holder instanceof Holder.Debugger
                ? holder.advice() + " " + place
                : holder.advice().isEmpty() ? place : holder.advice();
        return advice
                + firstSeenIn
                        .map(test -> "\nThe same leak was first reported for " + test
                                + ": what mends it there mends it here.")
                        .orElse("");
    }

    private static String byChain(Leak leak) {
        GcRootPath chain = leak.chain();
        if (leak.kind() == LeakKind.THREADS || leak.kind() == LeakKind.SHUTDOWN_HOOKS) {
            return leak.thread() == null ? threads(chain) : ThreadAdvice.on(leak.thread());
        } else if (leak.kind() == LeakKind.CLASS_LOADERS) {
            return "Something still holds the class loader, or an object of one of its classes: cut the chain at "
                    + owner(chain) + " when the loader is closed.";
        } else if (leak.referencesOnly()) {
            return owner(chain)
                    + " is given the same object again with every run: remove it where it was added, or check before adding.";
        } else if (leak.objectsPerRun() == 0) {
            return ownerOutsideTheJdk(chain)
                    + " only ever becomes longer: empty it when its content has been used, or bound it.";
        } else if (isInnerOf(chain)) {
            return "An inner class or lambda keeps the object it was made in: make it static, or let go of it at "
                    + owner(chain) + ".";
        }
        return switch (chain.root().kind()) {
            case STATIC_FIELD -> staticField(chain);
            case THREAD, JAVA_FRAME ->
                "A thread that lives on keeps it: end the task when it is done, or let it drop what it has collected.";
            case JNI_GLOBAL, JNI_LOCAL -> "Native code keeps it: release the handle with the object that made it.";
            case STICKY_CLASS, MONITOR_USED ->
                "The JVM keeps it by " + chain.root().text() + ": look at what registered it.";
            case OTHER ->
                "The JVM keeps it in a place that dumps do not show, as a class does what a ClassValue computed for it: look at what registered it.";
        };
    }

    /** Says what to do about a class loader that should have been collected. */
    public static String onLoader(GcRootPath chain) {
        String threadLocal = threadLocal(chain);
        if (threadLocal != null) {
            return threadLocal
                    + " keeps a value whose class belongs to the loader: call remove() on the thread that has set it.";
        } else if (chain.root().text().contains("java.lang.ApplicationShutdownHooks.")) {
            return "A shutdown hook is registered: give it to Runtime.removeShutdownHook when what it is for has been closed.";
        } else if (chain.root().text().contains("java.sql.DriverManager.")) {
            return "A JDBC driver is registered: call DriverManager.deregisterDriver from a class of the loader.";
        }
        return switch (chain.root().kind()) {
            case THREAD, JAVA_FRAME ->
                isOfTheJvm(chain.root())
                        ? "A thread of the JVM itself took over the context class loader of whoever was the first to need it: use what started it once outside, before the test."
                        : "A thread that lives on keeps it: stop the thread with what it works for, or start it with another context class loader.";
            default ->
                "Something outside of the loader keeps an object of one of its classes: cut the chain at "
                        + owner(chain) + " when what is loaded is closed.";
        };
    }

    /** Names the ThreadLocal that a chain leads through; null if it leads through none. */
    private static @Nullable String threadLocal(GcRootPath chain) {
        return chain.elements().stream()
                .map(PathElement::edge)
                .filter(edge -> edge.startsWith(Trail.THREAD_LOCAL))
                .findFirst()
                .map(edge ->
                        threadLocal(edge.substring(Trail.THREAD_LOCAL.length()).strip()))
                .orElse(null);
    }

    private static String threadLocal(String key) {
        if (key.isEmpty() || key.startsWith("in ")) {
            return ("A ThreadLocal " + key).strip();
        }
        return "The ThreadLocal " + simpleField(key);
    }

    private static boolean isOfTheJvm(GcRootDescription root) {
        return Stream.of("\"JFR ", "\"Keep-Alive-", "\"Java2D ", "\"AWT-", "\"process reaper", "\"RMI ", "\"GC Daemon")
                .anyMatch(root.text()::contains);
    }

    /** Says what to do about a verdict that could not be reached. */
    public static String inconclusive(Reason reason) {
        return switch (reason) {
            case NO_CONFIRMED_COLLECTION ->
                "Run the tests without -XX:+DisableExplicitGC, and with a collector that collects (not Epsilon).";
            case COULD_NOT_REPEAT ->
                "Make the test repeatable, or choose another @NoLeak(repeat = ...); heapspec.inconclusive = report lets it pass.";
            case DEADLINE -> "heapspec.noleak.deadline sets how long one repetition may take.";
            case BUDGET_SPENT ->
                "@NoLeak(budget = ...) or heapspec.noleak.budget gives it more time; a larger heap gives it more room.";
            case NO_DUMP ->
                "heapspec.output sets the folder that dumps are written to; it must be writable and have room.";
            case UNEXPLAINED ->
                "Run the test alone: other threads may add these objects, or each run may hold them in another place.";
            case THREADS_NOT_SEEN ->
                "Run the tests on HotSpot without -Djdk.trackAllThreads=false, and with a folder for temporary files that can be written to.";
            default -> undecided();
        };
    }

    /** Says what to do about a verdict that could not be reached, whatever the reason. */
    public static String undecided() {
        return "heapspec.inconclusive = report lets such tests pass, abort and fail do not.";
    }

    /**
     * Says what to do about an object that should have been collected.
     *
     * @param testClass name of the test class; empty if it is not known
     */
    public static String onRetained(GcRootPath chain, String testClass) {
        for (PathElement element : chain.elements()) {
            if (element.holderClass().equals(testClass) && element.edge().startsWith(".")) {
                return "The test itself holds it, by its own field "
                        + element.edge().substring(1)
                        + ", until after the check: set the field to null, or make it a local variable.";
            }
        }
        return switch (chain.root().kind()) {
            case JAVA_FRAME ->
                "A method that has not returned holds it: check after it has returned, or set the variable to null. A debugger makes variables live longer.";
            case THREAD -> "A thread that lives on holds it: end it, or let it drop what it has.";
            default -> owner(chain) + " holds it: cut the chain there when it is done.";
        };
    }

    private static String threads(GcRootPath chain) {
        boolean pooled = passes(chain, "Executor") || passes(chain, "ForkJoinPool");
        return pooled || chain.root().text().contains("pool-*")
                ? "An executor is never shut down, and its threads never end: call shutdown(), or close it, when the test's object is closed."
                : "A thread is started with every run and never ends: interrupt it, or give it a way to stop.";
    }

    private static String staticField(GcRootPath chain) {
        String owner = owner(chain);
        boolean map = edgeOfAccumulation(chain).startsWith("map");
        return owner + " only ever grows: "
                + (map
                        ? "remove the entry when its key is done, or bound the map."
                        : "remove what was added (a listener, a session, a task) when it is done, or bound the collection.");
    }

    /** Names the field that holds the collection that grows. */
    private static String owner(GcRootPath chain) {
        String owner = chain.root().kind() == RootKind.STATIC_FIELD
                ? simpleField(chain.root().text().substring("static field ".length()))
                : chain.root().text();
        for (PathElement element : chain.elements()) {
            if (element.accumulationPoint()) {
                return element.edge().startsWith(".")
                        ? ClassNames.simple(element.holderClass()) + element.edge()
                        : owner;
            }
            if (element.edge().startsWith(".")) {
                owner = ClassNames.simple(element.holderClass()) + element.edge();
            }
        }
        return owner;
    }

    /** Names the last field before the chain enters a class of the JDK. */
    private static String ownerOutsideTheJdk(GcRootPath chain) {
        List<PathElement> outside = chain.elements().stream()
                .takeWhile(element -> !element.holderClass().startsWith("java."))
                .toList();
        return owner(new GcRootPath(chain.root(), false, outside, chain.leakedClass()));
    }

    private static String simpleField(String qualified) {
        int field = qualified.lastIndexOf('.');
        return ClassNames.simple(qualified.substring(0, field)) + qualified.substring(field);
    }

    private static String edgeOfAccumulation(GcRootPath chain) {
        return chain.elements().stream()
                .filter(PathElement::accumulationPoint)
                .map(PathElement::edge)
                .findFirst()
                .orElse("");
    }

    private static boolean passes(GcRootPath chain, String part) {
        return chain.elements().stream()
                .anyMatch(element -> element.holderClass().contains(part));
    }

    /** An edge that the compiler made: to the outer instance, or to what a lambda captured. */
    private static boolean isInnerOf(GcRootPath chain) {
        List<PathElement> elements = chain.elements();
        int from = 0;
        for (int i = 0; i < elements.size(); i++) {
            from = elements.get(i).accumulationPoint() ? i : from;
        }
        return elements.subList(from, elements.size()).stream()
                .anyMatch(element -> element.edge().matches("\\.(this\\$\\d+|arg\\$\\d+|val\\$\\w+)"));
    }
}
