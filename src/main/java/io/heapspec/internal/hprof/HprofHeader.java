package io.heapspec.internal.hprof;

import java.nio.charset.StandardCharsets;

/** The first bytes of a heap dump: {@code JAVA PROFILE 1.0.2}, a zero, identifier size, and time of the dump. */
final class HprofHeader {
    /** Identifier size (4 bytes) and time (8 bytes). */
    static final int LENGTH_AFTER_VERSION = 12;

    private static final String MAGIC = "JAVA PROFILE 1.0";
    private static final int LONGEST_VERSION = 32;

    private HprofHeader() {}

    /** Returns the length of the version text with its closing zero. */
    static int versionLength(HprofBytes bytes) throws HprofFormatException {
        byte[] magic = new byte[(int) Math.min(MAGIC.length(), bytes.length())];
        bytes.copy(0, magic);
        String start = new String(magic, StandardCharsets.ISO_8859_1);
        if (!MAGIC.startsWith(start)) {
            throw new HprofFormatException("it does not begin with \"" + MAGIC + "\"", 0);
        }
        for (int i = MAGIC.length(); i < Math.min(LONGEST_VERSION, bytes.length()); i++) {
            if (bytes.u1(i) == 0) {
                return requireRest(bytes, i + 1);
            }
        }
        throw new HprofFormatException("it ends inside its header", bytes.length());
    }

    private static int requireRest(HprofBytes bytes, int versionLength) throws HprofFormatException {
        if (bytes.length() < versionLength + LENGTH_AFTER_VERSION) {
            throw new HprofFormatException("it ends inside its header", bytes.length());
        }
        return versionLength;
    }

    /** Returns the identifier size, which must be 4 or 8. */
    static int idSize(HprofBytes bytes, int versionLength) throws HprofFormatException {
        int size = bytes.i4(versionLength);
        if (size != Integer.BYTES && size != Long.BYTES) {
            throw new HprofFormatException(
                    "identifiers of " + (size & 0xFFFF_FFFFL) + " bytes are not supported", versionLength);
        }
        return size;
    }
}
