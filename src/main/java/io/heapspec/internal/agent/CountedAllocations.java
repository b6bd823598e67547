package io.heapspec.internal.agent;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/** Makes a method report each object and array that it makes. */
final class CountedAllocations extends MethodVisitor {

    private static final int[] KINDS = {
        AllocationRecorder.BYTES,
        AllocationRecorder.SHORTS,
        AllocationRecorder.INTS,
        AllocationRecorder.LONGS,
        AllocationRecorder.BYTES,
        AllocationRecorder.SHORTS,
        AllocationRecorder.INTS,
        AllocationRecorder.LONGS
    };

    private final SiteTable sites;

    CountedAllocations(MethodVisitor next, SiteTable sites) {
        super(OpenedClassReader.ASM_API, next);
        this.sites = sites;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.ANEWARRAY) {
            countArray(AllocatedTypes.arrayOf(type), AllocationRecorder.REFERENCES);
        }
        super.visitTypeInsn(opcode, type);
        if (opcode == Opcodes.NEW) {
            Constants.push(sites.type(type.replace('/', '.'), AllocationRecorder.PLAIN), mv);
            report("made", "(I)V");
        }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        if (opcode == Opcodes.NEWARRAY) {
            countArray(AllocatedTypes.arrayOf(operand), KINDS[operand - Opcodes.T_BOOLEAN]);
        }
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        super.visitMultiANewArrayInsn(descriptor, dimensions);
        super.visitInsn(Opcodes.DUP);
        report("madeAll", "(Ljava/lang/Object;)V");
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
        super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
        if (FreshResults.isFresh(owner, name, descriptor)) {
            super.visitInsn(Opcodes.DUP);
            report(name.equals("multiNewArray") ? "madeAll" : "madeOf", "(Ljava/lang/Object;)V");
        }
    }

    /** The length is on the stack. */
    private void countArray(String name, int kind) {
        super.visitInsn(Opcodes.DUP);
        Constants.push(sites.type(name, kind), mv);
        report("madeArray", "(II)V");
    }

    private void report(String method, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BootRecorder.INTERNAL_NAME, method, descriptor, false);
    }
}
