package io.heapspec.internal.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * The classes outside the JDK whose code may run when a class's code does: those that it names, and their subtypes, and so on. What is only found by
 * its name at run time is not among them.
 */
final class ReachableClasses {

    private static final int CLASS_TAG = 7;

    private final LoadedClasses loaded;
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
        if (!LoadedClasses.isOfJdk(type.getClassLoader()) && reached.add(type)) {
            open.add(type);
        }
    }

    private void follow(Class<?> type) {
        loaded.subtypesOf(type).forEach(this::add);
        byte[] code = LoadedClasses.codeOf(type);
        if (code == null) {
            return;
        }
        ClassReader reader = OpenedClassReader.of(code);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            if (offset > 0 && reader.readByte(offset - 1) == CLASS_TAG) {
                loaded.named(elementOf(reader.readUTF8(offset, buffer))).forEach(this::add);
            }
        }
    }

    private static String elementOf(String name) {
        return name.endsWith(";") ? name.substring(name.indexOf('L') + 1, name.length() - 1) : name;
    }
}
