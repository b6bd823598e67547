package io.heapspec.internal.agent;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.MethodRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Which classes the methods of a class name in their code, each for itself: a test runs one of them and what that calls, and its class has many
 * more.
 */
final class MethodReferences {

    private final Map<String, Code> methods = new HashMap<>();

    /** Reads a class. */
    MethodReferences(ClassReader reader) {
        Noting noting = new Noting();
        reader.accept(new Methods(noting, methods), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    /**
     * Returns the internal names of classes that are named where a test runs: in its methods, in others of the class that these call, and in those
     * that others may call because they override something.
     *
     * @param entries names and descriptors of the methods that are called for the test
     */
    Set<String> from(Set<String> entries) {
        return reachedFrom(each -> entries.contains(each.name) || each.mayOverride());
    }

    /** Returns those that are named in any method that is not itself another test, or called by the framework for one: with an annotation. */
    Set<String> fromAnyBut(Set<String> entries) {
        return reachedFrom(each -> entries.contains(each.name) || !each.annotated);
    }

    private Set<String> reachedFrom(Predicate<Code> start) {
        Set<String> names = new HashSet<>();
        Set<Code> seen = new HashSet<>();
        Deque<Code> open = new ArrayDeque<>();
        methods.values().stream().filter(start).forEach(open::add);
        for (Code next = open.poll(); next != null; next = open.poll()) {
            if (seen.add(next)) {
                names.addAll(next.classes);
                next.calls.stream()
                        .filter(methods::containsKey)
                        .map(methods::get)
                        .forEach(open::add);
            }
        }
        return names;
    }

    /** What one method does. */
    private static final class Code {

        private final String name;
        private final int access;
        private final Set<String> classes = new HashSet<>();
        private final Set<String> calls = new HashSet<>();
        private boolean annotated;

        Code(String name, int access) {
            this.name = name;
            this.access = access;
        }

        boolean mayOverride() {
            int never = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC;
            return !annotated && (access & never) == 0 && !name.startsWith("<init>");
        }
    }

    /** Notes each class that is named in the method that is read. */
    private static final class Noting extends Remapper {

        private @Nullable Code current;

        Noting() {
            super(OpenedClassReader.ASM_API);
        }

        @Override
        public String map(String internalName) {
            Code method = current;
            if (method != null) {
                method.classes.add(internalName);
            }
            return internalName;
        }
    }

    private static final class Methods extends ClassRemapper {

        private final Noting noting;
        private final Map<String, Code> methods;
        private String owner = "";

        Methods(Noting noting, Map<String, Code> methods) {
            super(OpenedClassReader.ASM_API, new Sink(), noting);
            this.noting = noting;
            this.methods = methods;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            owner = name;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            Code code = new Code(name + descriptor, access);
            methods.put(code.name, code);
            noting.current = null;
            MethodVisitor remapper = super.visitMethod(access, name, descriptor, signature, exceptions);
            noting.current = code;
            return remapper;
        }

        @Override
        public void visitEnd() {
            noting.current = null;
            super.visitEnd();
        }

        @Override
        protected MethodVisitor createMethodRemapper(MethodVisitor sink) {
            return new CodeOfMethod(sink, noting, owner);
        }
    }

    private static final class CodeOfMethod extends MethodRemapper {

        private final Noting noting;
        private final String owner;

        CodeOfMethod(MethodVisitor sink, Noting noting, String owner) {
            super(OpenedClassReader.ASM_API, sink, noting);
            this.noting = noting;
            this.owner = owner;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            Code method = noting.current;
            if (method != null) {
                method.annotated = true;
            }
            return null;
        }

        @Override
        public void visitMethodInsn(int opcode, String called, String name, String descriptor, boolean ofInterface) {
            note(called, name + descriptor);
            super.visitMethodInsn(opcode, called, name, descriptor, ofInterface);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object each : arguments) {
                if (each instanceof Handle referenced) {
                    note(referenced.getOwner(), referenced.getName() + referenced.getDesc());
                }
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
        }

        private void note(String called, String method) {
            Code caller = noting.current;
            if (caller != null && called.equals(owner)) {
                caller.calls.add(method);
            }
        }
    }

    /** Takes what is read, and drops it. */
    private static final class Sink extends ClassVisitor {

        Sink() {
            super(OpenedClassReader.ASM_API);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodVisitor(OpenedClassReader.ASM_API) {};
        }
    }

    /** Returns name and descriptor of a method or constructor. */
    static String keyOf(Executable executable) {
        return executable instanceof Method method
                ? method.getName() + Type.getMethodDescriptor(method)
                : "<init>" + Type.getConstructorDescriptor((Constructor<?>) executable);
    }
}
