package io.heapspec.internal.retention;

import io.heapspec.result.GcRootPath;
import io.heapspec.result.PathElement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A short name for a leak that is the same in every run, and on every JDK: a hash of its chain, which has no address, index or number in it.
 *
 * <p>How the JDK holds something inside, it changes from release to release. Of its objects only what their users know is part of the chain: that
 * an element is in a collection of a public class, but no private field, and no class nested in another one. What code outside the JDK
 * holds by its own fields is all part of it: the field and the class that declares it, since which of its subclasses the holder is may depend
 * on chance, as with the entries of a map, which are of another class when they share a bucket.
 */
public final class Fingerprint {

    private static final int BYTES = 8;
    private static final Pattern LINE = Pattern.compile(":\\d+\\)");
    /** Byte Buddy's names end so, and with it those of mocks and of ORM proxies: eight characters of chance behind what was said of the class. */
    private static final Pattern PERHAPS_RANDOM = Pattern.compile("(\\$[A-Za-z]+\\$)([A-Za-z0-9]{8})(?![\\w$])");

    private static final Pattern WORDS = Pattern.compile("[A-Z]?[a-z]+(?:[A-Z][a-z]+)*\\d*");

    private Fingerprint() {}

    static String of(GcRootPath chain) {
        StringBuilder text = new StringBuilder(LINE.matcher(chain.root().text()).replaceAll(")"));
        for (PathElement element : chain.elements()) {
            if (isStable(element)) {
                text.append('\n').append(element.declaringClass()).append(' ').append(element.edge());
            }
        }
        text.append('\n').append(chain.leakedClass());
        return ofText(withoutChance(text));
    }

    /** A name that somebody chose is made of words. */
    private static String withoutChance(CharSequence text) {
        return PERHAPS_RANDOM
                .matcher(text)
                .replaceAll(match -> WORDS.matcher(match.group(2)).matches()
                        ? Matcher.quoteReplacement(match.group())
                        : Matcher.quoteReplacement(match.group(1) + "*"));
    }

    private static boolean isStable(PathElement element) {
        String holder = element.declaringClass();
        if (element.edge().startsWith(Chain.THREAD_LOCAL)) {
            return !ClassFacts.isOfJdk(
                    element.edge().substring(Chain.THREAD_LOCAL.length()).strip());
        }
        return !ClassFacts.isOfJdk(holder)
                || ClassFacts.isPublicOfJdk(holder) && !element.edge().startsWith(".");
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
