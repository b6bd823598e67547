package io.heapspec.internal.agent;

import java.util.Set;

/** Methods that return an object they have made, and whose own code cannot report it: the caller does. */
final class FreshResults {

    private static final Set<String> NATIVE = Set.of(
            "jdk/internal/misc/Unsafe.allocateInstance",
            "java/lang/reflect/Array.multiNewArray",
            "jdk/internal/reflect/DirectConstructorHandleAccessor$NativeAccessor.newInstance0");

    /** Before JDK 18, a constructor is called by native code, and after fifteen calls by code that is generated and cannot be changed. */
    private static final Set<String> GENERATED = Runtime.version().feature() < 18
            ? Set.of("jdk/internal/reflect/ConstructorAccessor.newInstance")
            : Set.of();

    /** Their classes have NaN among their constants, and are not redefined; see {@link ConstantPool#canBeRedefined()}. */
    private static final Set<String> BOXES = Set.of("java/lang/Double.valueOf", "java/lang/Float.valueOf");

    /**
     * The server compiler has code of its own for some of these, and pays no heed to what their bytecode does (the intrinsics of HotSpot's
     * {@code vmIntrinsics.hpp} that allocate); the others are what these call.
     */
    private static final Set<String> REPLACED = Set.of(
            "java/util/Arrays.copyOf([Ljava/lang/Object;ILjava/lang/Class;)[Ljava/lang/Object;",
            "java/util/Arrays.copyOfRange([Ljava/lang/Object;IILjava/lang/Class;)[Ljava/lang/Object;",
            "java/lang/reflect/Array.newInstance(Ljava/lang/Class;I)Ljava/lang/Object;",
            "java/lang/StringUTF16.toBytes([CII)[B",
            "java/lang/StringUTF16.newBytesFor(I)[B",
            "jdk/internal/misc/Unsafe.allocateUninitializedArray0(Ljava/lang/Class;I)Ljava/lang/Object;");

    private FreshResults() {}

    /** Tells whether a call returns a new object that nobody else reports. */
    static boolean isFresh(String owner, String name, String descriptor) {
        return isClone(owner, name, descriptor)
                || NATIVE.contains(owner + '.' + name)
                || GENERATED.contains(owner + '.' + name)
                || isReplaced(owner, name + descriptor)
                || BOXES.contains(owner + '.' + name);
    }

    /** Tells whether a method's own code may not be what runs; what it returns is new. */
    static boolean isReplaced(String owner, String method) {
        return REPLACED.contains(owner + '.' + method);
    }

    /** Arrays are cloned by the JVM, and so are objects where {@code clone} is that of {@code Object}: no subclass mentions its owner then. */
    private static boolean isClone(String owner, String name, String descriptor) {
        return name.equals("clone")
                && descriptor.equals("()Ljava/lang/Object;")
                && (owner.startsWith("[") || owner.equals("java/lang/Object"));
    }
}
