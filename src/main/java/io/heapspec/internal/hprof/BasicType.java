package io.heapspec.internal.hprof;

/**
 * The types of fields and array elements, by their numbers in a heap dump.
 *
 * @since 0.1
 */
public final class BasicType {
    /** A reference, or {@code null}. */
    public static final int OBJECT = 2;
    /** The first of the primitive types, in the order boolean, char, float, double, byte, short, int, long. */
    public static final int BOOLEAN = 4;
    /** A 32-bit integer. */
    public static final int INT = 10;
    /** The last of the primitive types. */
    public static final int LONG = 11;

    private BasicType() {}

    /** Tells whether a number stands for a primitive type. */
    public static boolean isPrimitive(int type) {
        return type >= BOOLEAN && type <= LONG;
    }

    /**
     * Returns the bytes a value takes in the dump, or 0 when the number stands for no type.
     *
     * @param type the number of the type
     * @param idSize the width of an identifier, 4 or 8
     */
    public static int width(int type, int idSize) {
        return switch (type) {
            case OBJECT -> idSize;
            case 4, 8 -> 1;
            case 5, 9 -> 2;
            case 6, 10 -> 4;
            case 7, 11 -> 8;
            default -> 0;
        };
    }
}
