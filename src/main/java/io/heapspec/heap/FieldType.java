package io.heapspec.heap;

import java.util.Locale;

/**
 * The type of a field as far as a heap dump tells: one of the primitive types, or a reference of unknown class.
 *
 * @since 0.1
 */
public enum FieldType {
    /** A reference. */
    REFERENCE(2, 0),
    /** A {@code boolean}. */
    BOOLEAN(4, 1),
    /** A {@code char}. */
    CHAR(5, 2),
    /** A {@code float}. */
    FLOAT(6, 4),
    /** A {@code double}. */
    DOUBLE(7, 8),
    /** A {@code byte}. */
    BYTE(8, 1),
    /** A {@code short}. */
    SHORT(9, 2),
    /** An {@code int}. */
    INT(10, 4),
    /** A {@code long}. */
    LONG(11, 8);

    private static final FieldType[] BY_CODE = new FieldType[12];

    static {
        for (FieldType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int primitiveWidth;

    FieldType(int code, int primitiveWidth) {
        this.code = code;
        this.primitiveWidth = primitiveWidth;
    }

    /** Returns the type with a number that was checked when the dump was read. */
    static FieldType ofCode(int code) {
        return BY_CODE[code];
    }

    int code() {
        return code;
    }

    /** Returns the bytes a value takes when a reference takes this many. */
    int width(int referenceWidth) {
        return this == REFERENCE ? referenceWidth : primitiveWidth;
    }

    /** Returns the word used in Java source, for instance {@code int}; {@code reference} for a reference. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
