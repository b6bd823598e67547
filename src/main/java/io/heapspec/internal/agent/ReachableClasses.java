package io.heapspec.internal.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * The classes outside the JDK whose code may run when a class's code does: those that it names, and their subtypes, and so on. What is only found by
 * its name at run time is not among them.
 */
final class ReachableClasses {

    private final LoadedClasses loaded;
    private final Set<Class<?>> seen = new HashSet<>();
    private final Set<Class<?>> reached = new LinkedHashSet<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();

    private ReachableClasses(LoadedClasses loaded) {
        this.loaded = loaded;
    }

    static Set<Class<?>> from(Class<?> root, LoadedClasses loaded) {
        ReachableClasses classes = new ReachableClasses(loaded);
        // A lambda's class is hidden, and belongs to the class that it is written in.
        Class<?> written = root.isHidden() ? root.getNestHost() : root;
        for (Class<?> type = written; type != null; type = type.getSuperclass()) {
            classes.add(type);
        }
        while (!classes.open.isEmpty()) {
            classes.follow(classes.open.remove());
        }
        return classes.reached;
    }

    private void add(Class<?> type) {
        if (!LoadedClasses.isOfJdk(type.getClassLoader()) && seen.add(type)) {
            open.add(type);
        }
    }

    private void follow(Class<?> type) {
        loaded.subtypesOf(type).forEach(this::add);
        byte[] code = LoadedClasses.codeOf(type);
        if (code == null) {
            reached.add(type);
            return;
        }
        ConstantPool constants = new ConstantPool(OpenedClassReader.of(code));
        if (constants.canBeRedefined()) {
            reached.add(type);
        }
        for (String name : constants.classes()) {
            loaded.named(name).forEach(this::add);
        }
    }
}
