package io.heapspec.internal.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Notes the source file and the first line of one method when it visits a class. */
final class FirstLine extends ClassVisitor {

    private final String name;
    private final String descriptor;
    private @Nullable String source;
    private int line = -1;

    private FirstLine(Method method) {
        super(OpenedClassReader.ASM_API);
        name = method.getName();
        descriptor = Type.getMethodDescriptor(method);
    }

    /**
     * Reads the class that declares a method.
     *
     * @throws IOException if there is no class file
     * @throws IllegalArgumentException if it is newer than Byte Buddy knows
     */
    static FirstLine of(Method method) throws IOException {
        String binaryName = method.getDeclaringClass().getName();
        String file = binaryName.substring(binaryName.lastIndexOf('.') + 1) + ".class";
        try (InputStream code = method.getDeclaringClass().getResourceAsStream(file)) {
            if (code == null) {
                throw new IOException("no class file of " + binaryName);
            }
            FirstLine first = new FirstLine(method);
            OpenedClassReader.of(code.readAllBytes()).accept(first, ClassReader.SKIP_FRAMES);
            return first;
        }
    }

    /** Returns the name of the source file, if the class file has it. */
    @Nullable
    String source() {
        return source;
    }

    /** Returns the least line of the method's code; -1 if there is none. */
    int line() {
        return line;
    }

    @Override
    public void visitSource(@Nullable String file, @Nullable String debug) {
        source = file;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access,
            String methodName,
            String methodDescriptor,
            @Nullable String signature,
            String @Nullable [] exceptions) {
        if (!methodName.equals(name) || !methodDescriptor.equals(descriptor)) {
            return null;
        }
        return new MethodVisitor(OpenedClassReader.ASM_API) {
            @Override
            public void visitLineNumber(int number, Label start) {
                line = line < 0 ? number : Math.min(line, number);
            }
        };
    }
}
