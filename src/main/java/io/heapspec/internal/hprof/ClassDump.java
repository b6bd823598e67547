package io.heapspec.internal.hprof;

/**
 * One class as dumped: its links, and where its constants, static fields and instance fields are listed.
 *
 * @param position where the record begins
 * @param id identifier of the class object
 * @param superId identifier of the superclass, or 0
 * @param loaderId identifier of the class loader, or 0
 * @param signersId identifier of the signers, or 0
 * @param protectionDomainId identifier of the protection domain, or 0
 * @param instanceBytes instance size as the dump states it; HotSpot writes the bytes of the dumped fields
 * @param constantCount number of constants
 * @param constants where the constants begin: each an index (2 bytes), a type and a value
 * @param staticCount number of static fields
 * @param statics where the static fields begin: each a name, a type and a value
 * @param fieldCount number of instance fields declared by this class alone
 * @param fields where the instance fields begin: each a name and a type
 * @param end where the record ends
 * @since 0.1
 */
public record ClassDump(
        long position,
        long id,
        long superId,
        long loaderId,
        long signersId,
        long protectionDomainId,
        long instanceBytes,
        int constantCount,
        long constants,
        int staticCount,
        long statics,
        int fieldCount,
        long fields,
        long end) {

    /**
     * Reads the record at a position.
     *
     * @param limit where the enclosing record ends
     * @throws HprofFormatException if it does not end before the limit, or names an unknown type
     */
    public static ClassDump read(HprofBytes bytes, long position, long limit) throws HprofFormatException {
        int ids = bytes.idSize();
        long constantCountAt = position + 1 + 7L * ids + 8;
        int constantCount = count(bytes, position, constantCountAt, limit);
        long constants = constantCountAt + 2;
        long staticCountAt = skipValues(bytes, position, constants, constantCount, 2, limit);
        int staticCount = count(bytes, position, staticCountAt, limit);
        long statics = staticCountAt + 2;
        long fieldCountAt = skipValues(bytes, position, statics, staticCount, ids, limit);
        int fieldCount = count(bytes, position, fieldCountAt, limit);
        long fields = fieldCountAt + 2;
        long end = skipFields(bytes, position, fields, fieldCount, limit);
        long links = position + 1 + ids + 4;
        return new ClassDump(
                position,
                bytes.id(position + 1),
                bytes.id(links),
                bytes.id(links + ids),
                bytes.id(links + 2L * ids),
                bytes.id(links + 3L * ids),
                bytes.u4(links + 6L * ids),
                constantCount,
                constants,
                staticCount,
                statics,
                fieldCount,
                fields,
                end);
    }

    private static int count(HprofBytes bytes, long position, long at, long limit) throws HprofFormatException {
        require(position, at + 2, limit);
        return bytes.u2(at);
    }

    private static long skipValues(HprofBytes bytes, long position, long start, int count, int keyWidth, long limit)
            throws HprofFormatException {
        long at = start;
        for (int i = 0; i < count; i++) {
            require(position, at + keyWidth + 1, limit);
            at += keyWidth + 1 + width(bytes, position, at + keyWidth);
        }
        require(position, at, limit);
        return at;
    }

    private static long skipFields(HprofBytes bytes, long position, long start, int count, long limit)
            throws HprofFormatException {
        int entry = bytes.idSize() + 1;
        long end = start + (long) count * entry;
        require(position, end, limit);
        for (long at = start; at < end; at += entry) {
            width(bytes, position, at + entry - 1);
        }
        return end;
    }

    private static int width(HprofBytes bytes, long position, long at) throws HprofFormatException {
        int width = BasicType.width(bytes.u1(at), bytes.idSize());
        if (width == 0) {
            throw new HprofFormatException("a class has a field of unknown type " + bytes.u1(at), position);
        }
        return width;
    }

    private static void require(long position, long end, long limit) throws HprofFormatException {
        if (end > limit) {
            throw new HprofFormatException("a class does not fit into its segment", position);
        }
    }
}
