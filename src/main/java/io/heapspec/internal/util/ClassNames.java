package io.heapspec.internal.util;

/** Class names as a reader wants them, whatever the runtime numbered behind them. */
public final class ClassNames {

    private static final String LAMBDA = "$$Lambda";
    private static final String[] NUMBERED = {
        "$Proxy", "GeneratedMethodAccessor", "GeneratedConstructorAccessor", "GeneratedSerializationConstructorAccessor"
    };

    private static final String[] JDK = {"java.", "javax.", "jdk.", "sun.", "com.sun."};

    private ClassNames() {}

    /** Tells whether a class is of the JDK, by its package. */
    public static boolean isOfJdk(String name) {
        for (String prefix : JDK) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Turns the element part of an array descriptor into a name: {@code I} to {@code int}, {@code Lcom.acme.Foo;} to its class. */
    public static String elementOfDescriptor(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'Z' -> "boolean";
            case 'C' -> "char";
            case 'F' -> "float";
            case 'D' -> "double";
            case 'B' -> "byte";
            case 'S' -> "short";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'L' ->
                descriptor.substring(1, descriptor.endsWith(";") ? descriptor.length() - 1 : descriptor.length());
            default -> descriptor;
        };
    }

    /**
     * Returns where the part of a name ends that stays the same from run to run. Behind it stand the address of a hidden class
     * ({@code /0x000078...}), or the number of a lambda, a proxy or a reflection accessor.
     */
    public static int stableEnd(CharSequence name, int from, int to) {
        int end = to;
        for (int i = from + 1; i < to; i++) {
            char c = name.charAt(i);
            if (c == '/' || (c == '+' && i + 2 < to && name.charAt(i + 1) == '0' && name.charAt(i + 2) == 'x')) {
                end = i;
                break;
            }
        }
        int digits = end;
        while (digits > from && isDigit(name.charAt(digits - 1))) {
            digits--;
        }
        if (digits == end) {
            return end;
        }
        if (digits > from && name.charAt(digits - 1) == '$' && endsWith(name, from, digits - 1, LAMBDA)) {
            return digits - 1;
        }
        for (String prefix : NUMBERED) {
            if (endsWith(name, from, digits, prefix)) {
                return digits;
            }
        }
        return end;
    }

    /** Returns the part of a name that stays the same from run to run; see {@link #stableEnd}. */
    public static String stable(String name) {
        int array = name.indexOf('[', 1);
        int end = array < 0 ? name.length() : array;
        int stable = stableEnd(name, 0, end);
        return stable == end ? name : name.substring(0, stable) + name.substring(end);
    }

    /** Returns the name without its package: {@code Foo$Bar[]}. */
    public static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Returns the top-level class that a nested class's name is made of: {@code java.util.HashMap} for its nodes. */
    public static String outermost(String name) {
        int dollar = name.indexOf('$', name.lastIndexOf('.') + 2);
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean endsWith(CharSequence name, int from, int to, String suffix) {
        int start = to - suffix.length();
        if (start < from) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (name.charAt(start + i) != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
