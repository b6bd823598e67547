package io.heapspec.internal.retention;

import io.heapspec.heap.GcRoot;
import io.heapspec.heap.HeapClass;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ThreadInfo;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.RootKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The roots of a dump, and which come first when paths are looked for: those that explain most to a reader.
 *
 * <p>Classes come first, for their statics; then threads, then what threads execute, and last whatever the JVM holds by itself.
 *
 * <p>A class of which there are several (its loader was made several times) is no root: it is held by something, and that is what a
 * reader must see. So it is if classes of a kind of loader pile up, each under a name of its own, as scripts do. Other classes are roots
 * before their loaders are, else an application's static would be reached as an element of its loader.
 */
final class Roots {

    /** The rank of what hangs on a class of the application; that of its statics is one more. */
    static final int APPLICATION = 0;

    static final int JDK = 2;
    static final int THREAD = 4;
    static final int LAST = 5;

    /** What is alive though no root and no object in the dump refers to it. */
    static final EdgeName.Root HIDDEN = new EdgeName.Root(RootKind.OTHER, "the JVM itself");

    private final HeapGraph graph;
    private final String[] names;
    private final boolean[] held;

    /** @param pilingLoaders names of the classes of loaders whose classes are held by something, and no roots */
    Roots(HeapGraph graph, Set<String> pilingLoaders) {
        this.graph = graph;
        names = new String[graph.classCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = ClassNames.stable(graph.classAt(i).name());
        }
        held = repeatedClasses(names);
        for (int i = 0; i < held.length; i++) {
            int loader = graph.classAt(i).loaderObject();
            held[i] |=
                    loader >= 0 && pilingLoaders.contains(graph.classOf(loader).name());
        }
    }

    /** Returns the name of a class as it appears in paths. */
    String nameOf(int classIndex) {
        return names[classIndex];
    }

    /** Returns which roots are preferred: those of the application first. */
    static int rankOf(HeapClass type) {
        return type.loaderObject() < 0 ? JDK : APPLICATION;
    }

    /** Tells whether a class is no root. */
    boolean isHeld(int classIndex) {
        return held[classIndex];
    }

    /** Returns the class object that an object keeps because it is no root itself, or -1. */
    int heldClassOf(int object) {
        int classIndex = graph.classIndexOf(object);
        return held[classIndex] ? graph.classAt(classIndex).object() : -1;
    }

    /** Returns the classes that are roots. */
    List<HeapClass> classes() {
        List<HeapClass> classes = new ArrayList<>();
        for (int i = 0; i < graph.classCount(); i++) {
            HeapClass type = graph.classAt(i);
            if (!held[i] && type.object() >= 0) {
                classes.add(type);
            }
        }
        return classes;
    }

    /** Returns the thread objects. */
    List<ThreadInfo> threads() {
        List<ThreadInfo> threads = new ArrayList<>(graph.threads());
        threads.removeIf(thread -> thread.object() < 0);
        return threads;
    }

    /** Returns the roots that are local variables. */
    List<GcRoot.JavaFrame> frames() {
        return graph.roots().stream()
                .filter(GcRoot.JavaFrame.class::isInstance)
                .map(GcRoot.JavaFrame.class::cast)
                .toList();
    }

    /** Returns all further roots. */
    List<GcRoot> others() {
        return graph.roots().stream()
                .filter(root -> !(root instanceof GcRoot.JavaFrame) && !(root instanceof GcRoot.ThreadObject))
                .toList();
    }

    /** Threads by their serial number in the dump. */
    Map<Integer, ThreadInfo> threadsBySerial() {
        Map<Integer, ThreadInfo> threads = new HashMap<>();
        for (ThreadInfo thread : graph.threads()) {
            threads.put(thread.serial(), thread);
        }
        return threads;
    }

    /** Names a thread so that all of one pool have the same name: {@code thread "pool-*-thread-*"}. */
    static EdgeName.Root nameOf(ThreadInfo thread) {
        return new EdgeName.Root(RootKind.THREAD, "thread \"" + withoutNumbers(thread.name()) + "\"");
    }

    static EdgeName.Root nameOf(GcRoot root) {
        RootKind kind = kindOf(root);
        String text = switch (kind) {
            case JNI_GLOBAL -> "JNI global handle of native code";
            case JNI_LOCAL -> "JNI local handle of native code";
            case MONITOR_USED -> "monitor in use";
            case STICKY_CLASS -> "class kept by the JVM";
            case JAVA_FRAME -> "local variable";
            case THREAD -> "thread";
            default -> "the JVM itself";
        };
        return new EdgeName.Root(kind, text);
    }

    static String withoutNumbers(String name) {
        return name.replaceAll("\\d+", "*");
    }

    private static RootKind kindOf(GcRoot root) {
        if (root instanceof GcRoot.JniGlobal) {
            return RootKind.JNI_GLOBAL;
        } else if (root instanceof GcRoot.JniLocal) {
            return RootKind.JNI_LOCAL;
        } else if (root instanceof GcRoot.MonitorUsed) {
            return RootKind.MONITOR_USED;
        } else if (root instanceof GcRoot.StickyClass) {
            return RootKind.STICKY_CLASS;
        } else if (root instanceof GcRoot.JavaFrame) {
            return RootKind.JAVA_FRAME;
        } else if (root instanceof GcRoot.ThreadObject) {
            return RootKind.THREAD;
        }
        return RootKind.OTHER;
    }

    private static boolean[] repeatedClasses(String[] names) {
        Map<String, Integer> first = new HashMap<>(names.length * 2);
        boolean[] repeated = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            Integer earlier = first.putIfAbsent(names[i], i);
            if (earlier != null) {
                repeated[earlier] = true;
                repeated[i] = true;
            }
        }
        return repeated;
    }
}
