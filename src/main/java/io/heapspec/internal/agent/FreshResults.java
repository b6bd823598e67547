package io.heapspec.internal.agent;

import java.util.Set;

/** Methods that return an object they have made, and whose own code cannot report it: the caller does. */
final class FreshResults {

    private static final Set<String> NATIVE = Set.of(
            "jdk/internal/misc/Unsafe.allocateInstance",
            "java/lang/reflect/Array.newArray",
            "java/lang/reflect/Array.multiNewArray",
            "jdk/internal/reflect/DirectConstructorHandleAccessor$NativeAccessor.newInstance0");

    /** Before JDK 18, a constructor is called by native code, and after fifteen calls by code that is generated and cannot be changed. */
    private static final Set<String> GENERATED = Runtime.version().feature() < 18
            ? Set.of("jdk/internal/reflect/ConstructorAccessor.newInstance")
            : Set.of();

    /** Their classes have NaN among their constants, and are not redefined; see {@link ConstantPool#canBeRedefined()}. */
    private static final Set<String> BOXES = Set.of("java/lang/Double.valueOf", "java/lang/Float.valueOf");

    private FreshResults() {}

    /** Tells whether a call returns a new object that nobody else reports. */
    static boolean isFresh(String owner, String name, String descriptor) {
        return isClone(owner, name, descriptor)
                || NATIVE.contains(owner + '.' + name)
                || GENERATED.contains(owner + '.' + name)
                || BOXES.contains(owner + '.' + name);
    }

    /** Arrays are cloned by the JVM, and so are objects where {@code clone} is that of {@code Object}: no subclass mentions its owner then. */
    private static boolean isClone(String owner, String name, String descriptor) {
        return name.equals("clone")
                && descriptor.equals("()Ljava/lang/Object;")
                && (owner.startsWith("[") || owner.equals("java/lang/Object"));
    }
}
