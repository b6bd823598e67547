package io.heapspec.internal.retention;

import io.heapspec.result.GcRootPath;
import io.heapspec.result.PathElement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A short name for a leak that is the same in every run: a hash of its chain, which has no address, index or number in it. */
public final class Fingerprint {

    private static final int BYTES = 8;
    private static final Pattern LINE = Pattern.compile(":\\d+\\)");

    private Fingerprint() {}

    static String of(GcRootPath chain) {
        StringBuilder text = new StringBuilder(LINE.matcher(chain.root().text()).replaceAll(")"));
        for (PathElement element : chain.elements()) {
            text.append('\n').append(element.holderClass()).append(' ').append(element.edge());
        }
        text.append('\n').append(chain.leakedClass());
        return ofText(text.toString());
    }

    /** Returns a hash of a text that is the same in every run. */
    public static String ofText(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
