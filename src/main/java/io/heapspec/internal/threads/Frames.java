package io.heapspec.internal.threads;

import io.heapspec.internal.util.ClassNames;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Stack frames as text that consoles and IDEs make a link of: {@code com.acme.Csv.join(Csv.java:31)}, without module and loader. */
final class Frames {

    /** The loader's name and the module before a class. */
    private static final Pattern ORIGIN = Pattern.compile("^([^/$()]*/){1,2}");

    private Frames() {}

    static List<String> of(StackTraceElement[] stack) {
        return Arrays.stream(stack).map(frame -> of(frame.toString())).toList();
    }

    static String of(String frame) {
        return ORIGIN.matcher(frame).replaceFirst("");
    }

    /** Tells whether a frame is one of the JDK's own code. */
    static boolean isOfTheJdk(String frame) {
        return ClassNames.isOfJdk(frame);
    }

    /** Tells whether a frame is of this class, or of one nested in it. */
    static boolean isIn(String frame, String className) {
        return frame.startsWith(className)
                && frame.length() > className.length()
                && ".$/".indexOf(frame.charAt(className.length())) >= 0;
    }
}
