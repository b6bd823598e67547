package io.heapspec.internal.agent;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** What probes need to know about the methods of a class before they are put into it: names with descriptors. */
final class MethodsOfClass extends ClassVisitor {

    private static final String CONSTRUCTOR = "<init>";

    private final Set<String> declared = new HashSet<>();
    private final Set<String> calledByOthers = new HashSet<>();
    private final Set<String> calling = new HashSet<>();
    private final boolean callsToo;
    private String className = "";

    private MethodsOfClass(boolean callsToo) {
        super(OpenedClassReader.ASM_API);
        this.callsToo = callsToo;
    }

    /**
     * Reads a class.
     *
     * @param callsToo whether a method that only calls others needs probes
     */
    static MethodsOfClass of(ClassReader reader, boolean callsToo) {
        MethodsOfClass methods = new MethodsOfClass(callsToo);
        reader.accept(methods, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return methods;
    }

    /** Tells whether no method needs probes. */
    boolean needNoProbes() {
        return calling.isEmpty();
    }

    /** Tells whether a method needs probes: it allocates, or calls others. */
    boolean needsProbes(String method) {
        return calling.contains(method);
    }

    /** Tells whether the class has this method itself. */
    boolean declares(String method) {
        return declared.contains(method);
    }

    /** Tells whether the JDK may call a method: it may stand for one of the JDK's, be a lambda's body, or initialize the class. */
    boolean mayBeCalledByJdk(String method) {
        return calledByOthers.contains(method);
    }

    /** Returns how many slots the arguments of a method take, {@code this} included. */
    static int argumentsSize(int access, String descriptor) {
        int withThis = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
        return (access & Opcodes.ACC_STATIC) == 0 ? withThis : withThis - 1;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        className = name;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        String method = name + descriptor;
        declared.add(method);
        if (FreshResults.isReplaced(className, method)) {
            return null;
        }
        boolean hidden = (access & Opcodes.ACC_PRIVATE) != 0 && (access & Opcodes.ACC_SYNTHETIC) == 0;
        if (!hidden && !name.equals(CONSTRUCTOR)) {
            calledByOthers.add(method);
        }
        return new MethodVisitor(OpenedClassReader.ASM_API) {
            @Override
            public void visitTypeInsn(int opcode, String type) {
                if (opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY) {
                    calling.add(method);
                }
            }

            @Override
            public void visitIntInsn(int opcode, int operand) {
                if (opcode == Opcodes.NEWARRAY) {
                    calling.add(method);
                }
            }

            @Override
            public void visitMultiANewArrayInsn(String arrayDescriptor, int dimensions) {
                calling.add(method);
            }

            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String called, String signature, boolean ofInterface) {
                if (callsToo || FreshResults.isFresh(owner, called, signature)) {
                    calling.add(method);
                }
            }

            @Override
            public void visitInvokeDynamicInsn(String called, String signature, Handle bootstrap, Object... arguments) {
                for (Object argument : arguments) {
                    if (argument instanceof Handle referenced) {
                        // A method reference: whoever is given it calls the method, however private it is.
                        calledByOthers.add(referenced.getName() + referenced.getDesc());
                    }
                }
                if (callsToo) {
                    calling.add(method);
                }
            }
        };
    }
}
