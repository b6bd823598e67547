package io.heapspec.internal.agent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.TypePath;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Makes a method report which line of it runs, before it allocates or calls something that does not report its own lines.
 *
 * <p>A method that the JDK may call reports the caller's line again when it returns: the JDK goes on to allocate for the line it was called from.
 * That line is kept in a local variable behind the arguments, so all others move up by one.
 */
final class TracedLines extends MethodVisitor {

    /** The caller's line is not kept. */
    static final int NOT_KEPT = Integer.MAX_VALUE;

    private static final int NONE = 0;

    private final MethodSite method;
    private final MethodsOfClass methods;
    private final int keptAt;
    private int line = NONE;
    private int reported = NONE;

    TracedLines(MethodVisitor next, MethodSite method, MethodsOfClass methods, int keptAt) {
        super(OpenedClassReader.ASM_API, next);
        this.method = method;
        this.methods = methods;
        this.keptAt = keptAt;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (keptAt != NOT_KEPT) {
            recorder("site", "()I");
            super.visitVarInsn(Opcodes.ISTORE, keptAt);
        }
    }

    @Override
    public void visitLineNumber(int number, Label start) {
        super.visitLineNumber(number, start);
        line = number;
    }

    /** Whoever jumps here may come from another line. */
    @Override
    public void visitLabel(Label label) {
        super.visitLabel(label);
        reported = NONE;
    }

    @Override
    public void visitInsn(int opcode) {
        if (keptAt != NOT_KEPT && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            super.visitVarInsn(Opcodes.ILOAD, keptAt);
            recorder("back", "(I)V");
        }
        super.visitInsn(opcode);
    }

    /** A method of the same class reports its own lines. */
    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
        if (owner.equals(BootRecorder.INTERNAL_NAME)) {
            // Before an allocation is counted, never before it happens: frames refer to it by where it stands.
            reportLine();
            super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
            return;
        }
        String called = name + descriptor;
        boolean own = method.isOf(owner) && methods.declares(called);
        if (!own) {
            reportLine();
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
        if (own ? !methods.mayBeCalledByJdk(called) : method.mayLeaveOthers(owner, name)) {
            reported = NONE;
        }
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        reportLine();
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        super.visitVarInsn(opcode, moved(variable));
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        super.visitIincInsn(moved(variable), increment);
    }

    @Override
    public void visitLocalVariable(
            String name, String descriptor, @Nullable String signature, Label start, Label end, int index) {
        super.visitLocalVariable(name, descriptor, signature, start, end, moved(index));
    }

    /** They would have to move with their variables, and nobody reads them while a test is explained. */
    @Override
    public @Nullable AnnotationVisitor visitLocalVariableAnnotation(
            int type, TypePath path, Label[] start, Label[] end, int[] index, String descriptor, boolean visible) {
        return null;
    }

    /** Frames list variables in order, each {@code long} and {@code double} once. */
    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        if (keptAt == NOT_KEPT) {
            super.visitFrame(type, numLocal, local, numStack, stack);
            return;
        }
        List<Object> locals = new ArrayList<>();
        int slot = 0;
        int next = 0;
        for (; slot < keptAt && next < numLocal; next++) {
            locals.add(local[next]);
            slot += Opcodes.LONG.equals(local[next]) || Opcodes.DOUBLE.equals(local[next]) ? 2 : 1;
        }
        if (slot > keptAt) {
            throw new IllegalStateException("a variable begins among the arguments and ends behind them");
        }
        locals.addAll(Collections.nCopies(keptAt - slot, Opcodes.TOP));
        locals.add(Opcodes.INTEGER);
        locals.addAll(Arrays.asList(local).subList(next, numLocal));
        super.visitFrame(type, locals.size(), locals.toArray(), numStack, stack);
    }

    private int moved(int variable) {
        return variable < keptAt ? variable : variable + 1;
    }

    private void reportLine() {
        if (line != NONE && line != reported && method.number() != SiteTable.NONE && SiteTable.isSmall(line)) {
            Constants.push(method.number(), mv);
            Constants.push(line, mv);
            recorder("at", "(II)V");
            reported = line;
        }
    }

    private void recorder(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BootRecorder.INTERNAL_NAME, name, descriptor, false);
    }
}
