package io.heapspec.internal.census;

import io.heapspec.internal.util.ClassNames;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Reads class histograms of this JVM, without a dump, a flag or an agent: operation {@code gcClassHistogram} of the platform's
 * {@code DiagnosticCommand} MBean.
 *
 * <p>The operation collects first on Serial, Parallel and G1, and does not on ZGC and Shenandoah. Not thread-safe.
 */
public final class Histograms {

    private static final String[] SIGNATURE = {String[].class.getName()};

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
        String text;
        try {
            text = (String)
                    server.invoke(diagnosticCommand, "gcClassHistogram", new Object[] {new String[0]}, SIGNATURE);
        } catch (JMException | SecurityException e) {
            throw new HistogramUnavailableException("this JVM gives no class histogram: " + e.getMessage(), e);
        }
        return parse(text);
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
        return new Census(Arrays.copyOf(counts, classes.size()), Arrays.copyOf(bytes, classes.size()));
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
        add(classes.idOf(text, at, ClassNames.stableEnd(text, at, end)), count, size);
        return true;
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
