package io.heapspec.internal.disposable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The packages that stay outside of a disposable loader: those of the test framework, since it and the test have to mean the same classes,
 * and those that the user names.
 *
 * <p>Immutable and thread-safe.
 */
public final class OutsidePackages {

    private static final List<String> OF_THE_FRAMEWORK = List.of("org.junit", "org.opentest4j", "org.apiguardian");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

    private final List<String> names;

    /**
     * Adds to what is outside anyway.
     *
     * @param named packages, meant with all packages below them, or single classes
     * @throws IllegalArgumentException if one of them is no name; the message says what is allowed
     */
    public OutsidePackages(List<String> named) {
        names = new ArrayList<>(OF_THE_FRAMEWORK);
        for (String name : named) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no name of a package or class; allowed are names such as org.slf4j");
            }
            names.add(name);
        }
    }

    /** Tells whether a class stays outside. */
    boolean contains(String className) {
        return names.stream().anyMatch(name -> isBelow(className, name));
    }

    private static boolean isBelow(String className, String name) {
        int end = name.length();
        return className.startsWith(name)
                && (className.length() == end || className.charAt(end) == '.' || className.charAt(end) == '$');
    }
}
