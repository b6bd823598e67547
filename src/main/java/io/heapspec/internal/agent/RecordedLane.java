package io.heapspec.internal.agent;

import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.AllocationSite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one thread reported, by numbers, turned into lines and classes. */
final class RecordedLane {

    /** Runs what is traced. */
    private static final String TRACER = AllocationTracer.class.getName();

    /** Calls a test's method, beside the JDK's own frames for that. */
    private static final String CALLER = "io.heapspec.internal.rerun.";

    private static final String RECORDER = BootRecorder.INTERNAL_NAME.replace('/', '.');

    private final String thread;
    private final long[] keys;
    private final long[] objects;
    private final long[] bytes;
    private final Throwable[] stacks;
    private final Class<?>[] types;
    private final SiteTable sites;
    private final InstrumentedClasses classes;

    /**
     * Reads what {@link AllocationRecorder#stop()} returns for a thread.
     */
    RecordedLane(Object[] lane, SiteTable sites, InstrumentedClasses classes) {
        thread = ((Thread) lane[0]).getName();
        keys = (long[]) lane[1];
        objects = (long[]) lane[2];
        bytes = (long[]) lane[3];
        stacks = (Throwable[]) lane[4];
        types = (Class<?>[]) lane[5];
        this.sites = sites;
        this.classes = classes;
    }

    void addTo(List<AllocationSite> found) {
        for (int i = 0; i < keys.length; i++) {
            if (objects[i] > 0) {
                found.add(siteOf((int) (keys[i] >> 32), (int) keys[i], i));
            }
        }
    }

    private AllocationSite siteOf(int site, int type, int at) {
        String name = type < 0 ? ClassNames.stable(types[-1 - type].getTypeName()) : sites.typeName(type);
        long size = bytes[at];
        if (size == 0) {
            size = objects[at] * (type < 0 ? classes.sizeOfInstance(types[-1 - type]) : classes.sizeOfInstance(name));
        }
        StackTraceElement line = site == 0 ? null : sites.line(site);
        return new AllocationSite(name, objects[at], size, thread, stack(stacks[at].getStackTrace(), line));
    }

    /** Returns the stack from the line on, as far as it is the user's. */
    private static List<StackTraceElement> stack(StackTraceElement[] all, @Nullable StackTraceElement line) {
        List<StackTraceElement> stack = new ArrayList<>();
        int end = 0;
        while (end < all.length && !all[end].getClassName().equals(TRACER)) {
            end++;
        }
        while (end > 0 && end < all.length && isCaller(all[end - 1])) {
            end--;
        }
        for (StackTraceElement frame : Arrays.asList(all).subList(0, end)) {
            boolean reached = !stack.isEmpty() || line == null || isSame(frame, line);
            if (reached && !frame.getClassName().startsWith(RECORDER)) {
                stack.add(frame);
            }
        }
        return stack.isEmpty() && line != null ? List.of(line) : stack;
    }

    private static boolean isCaller(StackTraceElement frame) {
        return frame.getClassName().startsWith(CALLER) || frame.getClassName().startsWith("java.lang.invoke.");
    }

    /** A stack trace has names of loaders and modules, too. */
    private static boolean isSame(StackTraceElement frame, StackTraceElement line) {
        return frame.getClassName().equals(line.getClassName())
                && frame.getMethodName().equals(line.getMethodName())
                && frame.getLineNumber() == line.getLineNumber();
    }
}
