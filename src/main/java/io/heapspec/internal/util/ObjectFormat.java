package io.heapspec.internal.util;

/**
 * How this JVM lays out objects, by its flags.
 *
 * @param reference bytes of a reference
 * @param header bytes that each object has before its fields
 * @param alignment what sizes are rounded up to
 */
public record ObjectFormat(int reference, int header, int alignment) {

    /** What sizes are rounded up to unless a flag says otherwise. */
    public static final int USUAL_ALIGNMENT = 8;

    /** Returns that of this JVM. */
    public static ObjectFormat ofThisJvm() {
        return new ObjectFormat(
                VmFlags.isSet("UseCompressedOops") ? 4 : 8,
                headerOfThisJvm(),
                VmFlags.value("ObjectAlignmentInBytes").map(Integer::parseInt).orElse(USUAL_ALIGNMENT));
    }

    private static int headerOfThisJvm() {
        if (VmFlags.isSet("UseCompactObjectHeaders")) {
            return 8;
        }
        return VmFlags.isCleared("UseCompressedClassPointers") ? 16 : 12;
    }

    /** Rounds a size up. */
    public long aligned(long size) {
        return (size + alignment - 1) / alignment * alignment;
    }
}
