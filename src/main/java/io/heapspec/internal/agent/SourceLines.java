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

/** Where methods begin in their source, as class files say. */
public final class SourceLines {

    private SourceLines() {}

    /**
     * Returns a method as a stack frame at its first line, so that an IDE and a console make it a link.
     *
     * @return one without a line where the class file has none or cannot be read, and where Byte Buddy is missing
     */
    public static StackTraceElement firstOf(Method method) {
        Class<?> declaring = method.getDeclaringClass();
        try {
            return read(declaring, method);
        } catch (IOException | IllegalArgumentException | LinkageError unreadable) {
            return new StackTraceElement(declaring.getName(), method.getName(), outermost(declaring) + ".java", -1);
        }
    }

    private static StackTraceElement read(Class<?> declaring, Method method) throws IOException {
        String file = declaring
                .getName()
                .substring(declaring.getPackageName().length())
                .replaceFirst("^\\.", "");
        try (InputStream code = declaring.getResourceAsStream(file + ".class")) {
            if (code == null) {
                throw new IOException("no class file of " + declaring.getName());
            }
            FirstLine first = new FirstLine(method);
            OpenedClassReader.of(code.readAllBytes()).accept(first, ClassReader.SKIP_FRAMES);
            String source = first.source == null ? outermost(declaring) + ".java" : first.source;
            return new StackTraceElement(declaring.getName(), method.getName(), source, first.line);
        }
    }

    private static String outermost(Class<?> type) {
        Class<?> outermost = type;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        return outermost.getSimpleName();
    }

    /** Notes the file and the first line of one method. */
    private static final class FirstLine extends ClassVisitor {

        private final String name;
        private final String descriptor;
        private @Nullable String source;
        private int line = -1;

        FirstLine(Method method) {
            super(OpenedClassReader.ASM_API);
            name = method.getName();
            descriptor = Type.getMethodDescriptor(method);
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
}
