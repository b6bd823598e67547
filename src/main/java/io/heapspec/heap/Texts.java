package io.heapspec.heap;

import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads the texts of a dump, each once, so that many mentions of one name cost one string. */
final class Texts {
    /** No name in a class file is longer, in bytes. */
    private static final long LONGEST = 0xFFFF;

    private final HprofBytes bytes;
    private final LongTable positions;
    private final Map<Long, String> plain = new HashMap<>();
    private final Map<Long, String> classNames = new HashMap<>();

    Texts(HprofBytes bytes, LongTable positions) {
        this.bytes = bytes;
        this.positions = positions;
    }

    /** Returns the text with an identifier. */
    String text(long id) throws HprofFormatException {
        String known = plain.get(id);
        if (known != null) {
            return known;
        }
        long position = positions.get(id);
        if (position == LongTable.ABSENT) {
            throw new HprofFormatException("the text 0x" + Long.toHexString(id) + " is missing", bytes.length());
        }
        long length = bytes.u4(position + 5) - bytes.idSize();
        if (length > LONGEST) {
            throw new HprofFormatException("a name is " + length + " bytes long", position);
        }
        byte[] content = new byte[(int) length];
        bytes.copy(position + 9 + bytes.idSize(), content);
        String text = new String(content, StandardCharsets.UTF_8);
        plain.put(id, text);
        return text;
    }

    /** Returns the class name that a text holds, in Java form: {@code java.lang.String}, {@code int[]}. */
    String className(long id) throws HprofFormatException {
        String known = classNames.get(id);
        if (known == null) {
            known = javaName(text(id));
            classNames.put(id, known);
        }
        return known;
    }

    /** Converts {@code [Ljava/lang/String;}, and {@code Foo$$Lambda+0x12} of a hidden class to {@code Foo$$Lambda/0x12}. */
    static String javaName(String internal) {
        int dimensions = 0;
        while (dimensions < internal.length() && internal.charAt(dimensions) == '[') {
            dimensions++;
        }
        String element = internal.substring(dimensions);
        if (dimensions > 0) {
            element = elementName(element);
        }
        String name = element.replace('/', '.').replace("+0x", "/0x");
        return name + "[]".repeat(Math.min(dimensions, 255));
    }

    private static String elementName(String descriptor) {
        return switch (descriptor) {
            case "Z" -> "boolean";
            case "C" -> "char";
            case "F" -> "float";
            case "D" -> "double";
            case "B" -> "byte";
            case "S" -> "short";
            case "I" -> "int";
            case "J" -> "long";
            default ->
                descriptor.startsWith("L") && descriptor.endsWith(";")
                        ? descriptor.substring(1, descriptor.length() - 1)
                        : descriptor;
        };
    }
}
