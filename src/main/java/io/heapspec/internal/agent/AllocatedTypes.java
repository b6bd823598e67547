package io.heapspec.internal.agent;

import java.util.Set;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Finds the classes of which the code of a class allocates objects. */
final class AllocatedTypes extends ClassVisitor {

    /** Of which classes it allocates is only known when it runs. */
    static final String UNKNOWN = "?";

    private static final String[] PRIMITIVES = {"boolean", "char", "float", "double", "byte", "short", "int", "long"};

    private final Set<String> found;

    AllocatedTypes(Set<String> found) {
        super(OpenedClassReader.ASM_API);
        this.found = found;
    }

    /** Returns the name of the array that the operand of an instruction makes. */
    static String arrayOf(int operand) {
        return PRIMITIVES[operand - Opcodes.T_BOOLEAN] + "[]";
    }

    /** Returns the name of an array of some element. */
    static String arrayOf(String internalName) {
        return Type.getObjectType(internalName).getClassName() + "[]";
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return new MethodVisitor(OpenedClassReader.ASM_API) {
            @Override
            public void visitTypeInsn(int opcode, String type) {
                if (opcode == Opcodes.NEW) {
                    found.add(type.replace('/', '.'));
                } else if (opcode == Opcodes.ANEWARRAY) {
                    found.add(arrayOf(type));
                }
            }

            @Override
            public void visitIntInsn(int opcode, int operand) {
                if (opcode == Opcodes.NEWARRAY) {
                    found.add(arrayOf(operand));
                }
            }

            @Override
            public void visitMultiANewArrayInsn(String arrayDescriptor, int dimensions) {
                found.add(UNKNOWN);
            }

            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String called, String calledDescriptor, boolean ofInterface) {
                if (FreshResults.isFresh(owner, called, calledDescriptor)) {
                    found.add(UNKNOWN);
                }
            }
        };
    }
}
