package io.heapspec.internal.agent;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Numbers in code: small ones are part of an instruction, others are among the constants of the class. */
final class Constants {

    private Constants() {}

    /** Puts a number on the stack. */
    static void push(int number, MethodVisitor code) {
        if (number == (byte) number) {
            code.visitIntInsn(Opcodes.BIPUSH, number);
        } else if (number == (short) number) {
            code.visitIntInsn(Opcodes.SIPUSH, number);
        } else {
            code.visitLdcInsn(number);
        }
    }
}
