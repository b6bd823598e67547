package io.heapspec.internal.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The classes of this JVM, with probes as long as a test is explained. */
final class InstrumentedClasses {

    private static final System.Logger LOGGER = System.getLogger(InstrumentedClasses.class.getName());

    private static final @Nullable CodeSource OUR_CODE =
            InstrumentedClasses.class.getProtectionDomain().getCodeSource();

    /** What mounts virtual threads must not be held up, and what instruments is not to be instrumented. */
    private static final List<String> LEFT_ALONE = List.of(
            "java.lang.VirtualThread",
            "jdk.internal.vm.",
            "java.lang.instrument.",
            "sun.instrument.",
            "io.heapspec.recorder.",
            "net.bytebuddy.");

    private final Instrumentation instrumentation;
    private final ProbedCode probedCode;
    private final Probing probing = new Probing();
    private final Set<Class<?>> chosen = ConcurrentHashMap.newKeySet();
    private final Set<Class<?>> changed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private @Nullable Map<String, Class<?>> byName;

    InstrumentedClasses(Instrumentation instrumentation, ProbedCode probedCode) {
        this.instrumentation = instrumentation;
        this.probedCode = probedCode;
    }

    /** Changes some classes. */
    void instrument(Collection<Class<?>> types) {
        types.stream().filter(type -> !isLeftAlone(type)).forEach(chosen::add);
        instrumentation.addTransformer(probing, true);
        retransform(List.copyOf(chosen));
    }

    /** Gives all classes their own code back. */
    void restore() {
        instrumentation.removeTransformer(probing);
        retransform(List.copyOf(changed));
    }

    /** Says which classes are not instrumented; empty if all are. */
    String omissions() {
        return refused.get() == 0 ? "" : refused.get() + " classes could not be instrumented";
    }

    /** Returns the shallow size of an instance of a class that is loaded; 0 if it is not known. */
    long sizeOfInstance(String className) {
        Class<?> type = loaded().get(className);
        return type == null ? 0 : sizeOfInstance(type);
    }

    /** Returns the shallow size of an instance of a class; 0 if it is not known. */
    long sizeOfInstance(Class<?> type) {
        return InstanceSizes.of(type, instrumentation);
    }

    private Map<String, Class<?>> loaded() {
        Map<String, Class<?>> known = byName;
        if (known == null) {
            known = new HashMap<>();
            for (Class<?> type : instrumentation.getAllLoadedClasses()) {
                known.put(type.getName(), type);
            }
            byName = known;
        }
        return known;
    }

    /** All at once, since each time throws away compiled code. A class that the JVM refuses takes the others along, so then in halves. */
    private void retransform(List<Class<?>> types) {
        try {
            instrumentation.retransformClasses(types.toArray(Class<?>[]::new));
        } catch (UnmodifiableClassException | LinkageError | InternalError | UnsupportedOperationException e) {
            if (types.size() == 1) {
                refuse(types.get(0).getName(), e);
                return;
            }
            int middle = types.size() / 2;
            retransform(types.subList(0, middle));
            retransform(types.subList(middle, types.size()));
        }
    }

    private void refuse(String className, Throwable cause) {
        refused.incrementAndGet();
        LOGGER.log(System.Logger.Level.DEBUG, () -> className + " cannot be instrumented", cause);
    }

    private static boolean isLeftAlone(Class<?> type) {
        boolean ours =
                OUR_CODE != null && OUR_CODE.equals(type.getProtectionDomain().getCodeSource());
        return ours || LEFT_ALONE.stream().anyMatch(type.getName()::startsWith);
    }

    /** Asked for each class that is retransformed; those that are loaded meanwhile stay as they are, since nobody would restore them. */
    private final class Probing implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String className,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] code) {
            if (redefined == null || !chosen.contains(redefined)) {
                return null;
            }
            try {
                byte[] probed = probedCode.of(redefined, code, LoadedClasses.isOfJdk(loader));
                if (probed != null) {
                    changed.add(redefined);
                }
                return probed;
            } catch (RuntimeException notUnderstood) {
                refuse(redefined.getName(), notUnderstood);
                return null;
            }
        }
    }
}
