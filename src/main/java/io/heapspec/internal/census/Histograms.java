package io.heapspec.internal.census;

import io.heapspec.internal.util.ClassNames;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.ReflectionException;

/**
 * Reads class histograms of this JVM, without a dump, a flag or an agent: operation {@code gcClassHistogram} of the platform's
 * {@code DiagnosticCommand} MBean.
 *
 * <p>The operation collects first on Serial, Parallel and G1, and does not on ZGC and Shenandoah. Not thread-safe.
 */
public final class Histograms {

    private static final String[] SIGNATURE = {String[].class.getName()};

    /** Made once: what a census makes anew would be counted by it. */
    private static final Object[] LIVE = {new String[0]};

    private static final Object[] ALL = {new String[] {"-all"}};
    private static final int ROOM = 1 << 11;
    private static final String FILLER = "jdk.internal.vm.Filler";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName diagnosticCommand;
    private final ClassTable classes;
    private long[] counts = new long[1 << 12];
    private long[] bytes = new long[1 << 12];

    public Histograms(ClassTable classes) {
        this.classes = classes;
        try {
            diagnosticCommand = new ObjectName("com.sun.management:type=DiagnosticCommand");
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads the histogram of live objects.
     *
     * @throws HistogramUnavailableException if this JVM has no such histogram
     */
    public Census live() throws HistogramUnavailableException {
        return parse(ask(LIVE));
    }

    /**
     * Reads the histogram of everything in the heap, without collecting. Serial, Parallel and G1 count garbage, too; ZGC and Shenandoah
     * count what is reachable, if only weakly.
     *
     * @throws HistogramUnavailableException if this JVM has no such histogram
     */
    public Census all() throws HistogramUnavailableException {
        return parse(allAsText());
    }

    /**
     * Returns the text of the histogram that {@link #all} reads, for a later {@link #parse}: reading it allocates, which a histogram taken
     * directly after would count.
     *
     * @throws HistogramUnavailableException if this JVM has no such histogram
     */
    public String allAsText() throws HistogramUnavailableException {
        return ask(ALL);
    }

    /** In a runtime image without the module jdk.jfr the MBean is there, and has no commands. */
    private static String why(Exception e) {
        return e instanceof ReflectionException
                ? "the diagnostic command GC.class_histogram is missing, as in a runtime image without the module"
                        + " jdk.jfr"
                : String.valueOf(e.getMessage());
    }

    private String ask(Object[] arguments) throws HistogramUnavailableException {
        try {
            return (String) server.invoke(diagnosticCommand, "gcClassHistogram", arguments, SIGNATURE);
        } catch (JMException | SecurityException e) {
            throw new HistogramUnavailableException("this JVM gives no class histogram: " + why(e), e);
        }
    }

    /**
     * Reads a histogram's text: rows such as {@code   12:   345   67890  java.lang.String (java.base@17)}; headings and the total
     * are passed over.
     *
     * @throws HistogramUnavailableException if there is no such row
     */
    public Census parse(String text) throws HistogramUnavailableException {
        Arrays.fill(counts, 0);
        Arrays.fill(bytes, 0);
        int rows = 0;
        int line = 0;
        while (line < text.length()) {
            int end = text.indexOf('\n', line);
            end = end < 0 ? text.length() : end;
            rows += row(text, line, end) ? 1 : 0;
            line = end + 1;
        }
        if (rows == 0) {
            throw new HistogramUnavailableException("this JVM's class histogram has no row that can be read", null);
        }
        // All of one length: one that grew with every class that is loaded would look like an array that becomes
        // longer.
        int length = (classes.size() / ROOM + 1) * ROOM;
        return new Census(Arrays.copyOf(counts, length), Arrays.copyOf(bytes, length));
    }

    private boolean row(String text, int from, int to) {
        int colon = text.indexOf(':', from);
        if (colon < 0 || colon >= to) {
            return false;
        }
        int at = spaces(text, colon + 1, to);
        long count = 0;
        int start = at;
        while (at < to && isDigit(text.charAt(at))) {
            count = count * 10 + text.charAt(at++) - '0';
        }
        if (at == start) {
            return false;
        }
        at = spaces(text, at, to);
        long size = 0;
        while (at < to && isDigit(text.charAt(at))) {
            size = size * 10 + text.charAt(at++) - '0';
        }
        at = spaces(text, at, to);
        int end = at;
        while (end < to && text.charAt(end) > ' ') {
            end++;
        }
        if (end == at) {
            return false;
        }
        if (!isFiller(text, at, end)) {
            add(classes.idOf(text, at, ClassNames.stableEnd(text, at, end)), count, size);
        }
        return true;
    }

    /** Tells whether a row is about gaps that the collector left, and no objects: JDK 19 and later count them by these names. */
    private static boolean isFiller(String text, int from, int to) {
        int name = text.charAt(from) == '[' ? from + 2 : from;
        return text.startsWith(FILLER, name) && name + FILLER.length() < to;
    }

    private void add(int id, long count, long size) {
        if (id >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(id + 1, counts.length * 2));
            bytes = Arrays.copyOf(bytes, counts.length);
        }
        counts[id] += count;
        bytes[id] += size;
    }

    private static int spaces(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
