package io.heapspec.internal.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
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

    /** Returns the classes that may run when some code does. */
    static Set<Class<?>> from(TracedCode traced, LoadedClasses loaded) {
        Class<?> root = traced.type();
        ReachableClasses classes = new ReachableClasses(loaded);
        // A lambda's class is hidden, and belongs to the class that it is written in.
        Class<?> written = root.isHidden() ? root.getNestHost() : root;
        byte[] code = traced.entries().isEmpty() ? null : LoadedClasses.codeOf(written);
        if (code == null) {
            classes.add(written);
        } else {
            classes.addNamedIn(written, OpenedClassReader.of(code), keysOf(traced));
        }
        for (Class<?> type = written.getSuperclass(); type != null; type = type.getSuperclass()) {
            classes.add(type);
        }
        classes.followAll();
        return classes.reached;
    }

    private static Set<String> keysOf(TracedCode traced) {
        return traced.entries().stream().map(MethodReferences::keyOf).collect(Collectors.toSet());
    }

    /** Classes within the root call its other methods, too. */
    private void addNamedIn(Class<?> root, ClassReader code, Set<String> entries) {
        MethodReferences references = new MethodReferences(code);
        seen.add(root);
        if (new ConstantPool(code).canBeRedefined()) {
            reached.add(root);
        }
        loaded.subtypesOf(root).forEach(this::add);
        references.from(entries).forEach(this::addNamed);
        followAll();
        if (reached.stream().anyMatch(each -> each != root && each.getName().startsWith(root.getName() + "$"))) {
            references.fromAnyBut(entries).forEach(this::addNamed);
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
