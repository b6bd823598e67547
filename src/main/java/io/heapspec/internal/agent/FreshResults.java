package io.heapspec.internal.agent;

import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;

/** Methods that return an object they have made, and whose own code cannot report it: the caller does. */
final class FreshResults {

    private static final Set<String> NATIVE = Set.of(
            "jdk/internal/misc/Unsafe.allocateInstance",
            "java/lang/reflect/Array.newArray",
            "java/lang/reflect/Array.multiNewArray",
            "jdk/internal/reflect/NativeConstructorAccessorImpl.newInstance0",
            "jdk/internal/reflect/DirectConstructorHandleAccessor$NativeAccessor.newInstance0");

    /** Their classes have NaN among their constants, and are not redefined; see {@link ConstantPool#canBeRedefined()}. */
    private static final Set<String> BOXES = Set.of("java/lang/Double.valueOf", "java/lang/Float.valueOf");

    private FreshResults() {}

    /** Tells whether a call returns a new object that nobody else reports. */
    static boolean isFresh(int opcode, String owner, String name, String descriptor) {
        return isClone(opcode, owner, name, descriptor)
                || NATIVE.contains(owner + '.' + name)
                || BOXES.contains(owner + '.' + name);
    }

    /** Arrays are cloned by the JVM, and so are objects where {@code clone} is that of {@code Object}. */
    private static boolean isClone(int opcode, String owner, String name, String descriptor) {
        return name.equals("clone")
                && descriptor.equals("()Ljava/lang/Object;")
                && (owner.startsWith("[") || opcode == Opcodes.INVOKESPECIAL && owner.equals("java/lang/Object"));
    }
}
