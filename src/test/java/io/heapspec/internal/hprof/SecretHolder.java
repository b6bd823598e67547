package io.heapspec.internal.hprof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A program that keeps in every form a secret it is told, until its input ends. */
public final class SecretHolder {
    /** In the source only, and the name of nothing. */
    public static final String LITERAL = "a secret written into the source";

    static byte[] bytes;
    static char[] chars;
    static String text;
    static String literal;
    static final Map<String, Object> MAP = new HashMap<>();

    private SecretHolder() {}

    public static void main(String[] args) throws IOException {
        bytes = System.in.readNBytes(System.in.read());
        text = new String(bytes, StandardCharsets.UTF_8);
        chars = text.toCharArray();
        literal = LITERAL;
        MAP.put(text, "x".repeat(text.hashCode() & 3));
        System.out.write('\n');
        System.out.flush();
        int end = System.in.read();
        System.exit(end < 0 ? 0 : 1);
    }
}
