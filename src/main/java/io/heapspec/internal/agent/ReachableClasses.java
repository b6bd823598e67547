package io.heapspec.internal.agent;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

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

    /**
     * Returns the classes that may run when one method does, or when any method of a class does.
     *
     * @param method the method; null if it is not known which runs
     */
    static Set<Class<?>> from(Class<?> root, @Nullable Method method, LoadedClasses loaded) {
        ReachableClasses classes = new ReachableClasses(loaded);
        // A lambda's class is hidden, and belongs to the class that it is written in.
        Class<?> written = root.isHidden() ? root.getNestHost() : root;
        byte[] code = method == null ? null : LoadedClasses.codeOf(written);
        if (method == null || code == null) {
            classes.add(written);
        } else {
            classes.addNamedIn(written, OpenedClassReader.of(code), MethodReferences.keyOf(method));
        }
        for (Class<?> type = written.getSuperclass(); type != null; type = type.getSuperclass()) {
            classes.add(type);
        }
        classes.followAll();
        return classes.reached;
    }

    /** Classes within the root call its other methods, too. */
    private void addNamedIn(Class<?> root, ClassReader code, String method) {
        MethodReferences references = new MethodReferences(code);
        seen.add(root);
        if (new ConstantPool(code).canBeRedefined()) {
            reached.add(root);
        }
        loaded.subtypesOf(root).forEach(this::add);
        references.from(method).forEach(this::addNamed);
        followAll();
        if (reached.stream().anyMatch(each -> each != root && each.getName().startsWith(root.getName() + "$"))) {
            references.fromAnyBut(method).forEach(this::addNamed);
        }
    }

    private void addNamed(String name) {
        loaded.named(name).forEach(this::add);
    }

    private void followAll() {
        while (!open.isEmpty()) {
            follow(open.remove());
        }
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
        constants.classes().forEach(this::addNamed);
    }
}
