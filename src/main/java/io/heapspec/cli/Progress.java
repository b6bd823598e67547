package io.heapspec.cli;

import io.heapspec.heap.ReadingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a command is at, and how far if that is known, on one line that is written over, once that has taken more
 * than a second. What is quick shows nothing.
 */
final class Progress implements ReadingProgress, AutoCloseable {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final long SECOND = 1000;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter err;
    private final @Nullable Timer clock;
    private volatile Stage stage = Stage.begin("starting");
    private boolean written;

    /**
     * What a command is at.
     *
     * @param what the words that are shown
     * @param since when it began, by {@link System#nanoTime}
     * @param share how much of it is done, from 0 to 1; negative if that is not known
     */
    record Stage(String what, long since, double share) {
        static Stage begin(String what) {
            return new Stage(what, System.nanoTime(), -1);
        }

        /** Returns the line to be shown at a time; empty if it is too early to show any. */
        String line(long now) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(now - since);
            if (seconds == 0) {
                return "";
            }
            String percent = share < 0 ? "" : String.format(Locale.ROOT, "%d %%, ", (int) (100 * share));
            return Escapes.controls(what) + " ... " + percent + seconds + " s";
        }
    }

    private Progress(PrintWriter err, boolean shown) {
        this.err = err;
        this.clock = shown ? new Timer("heapspec-progress", true) : null;
        if (clock != null) {
            clock.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            show();
                        }
                    },
                    SECOND,
                    SECOND);
        }
    }

    /** Returns progress that is shown, or not. */
    static Progress to(PrintWriter err, boolean shown) {
        return new Progress(err, shown);
    }

    /** Tells whether the standard error stream is a terminal, which Java does not tell, but Linux. */
    static boolean isShownByDefault() {
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }

    /** Begins another stage, of which it is not known how long it takes. */
    void stage(String what) {
        stage = Stage.begin(what);
    }

    /** Goes on with a stage, or begins it. */
    void isAt(String what, double share) {
        long since = stage.what().equals(what) ? stage.since() : System.nanoTime();
        stage = new Stage(what, since, share);
    }

    @Override
    public void isAt(Path dump, Step step, double share) {
        isAt((step == Step.INFLATING ? "inflating " : "reading ") + dump, share);
    }

    /** Returns what the command is at. */
    Stage stage() {
        return stage;
    }

    private synchronized void show() {
        String line = stage.line(System.nanoTime());
        if (!line.isEmpty()) {
            err.print(CLEAR + line);
            err.flush();
            written = true;
        }
    }

    /** Takes the line away again. */
    @Override
    public void close() {
        if (clock != null) {
            clock.cancel();
            clear();
        }
    }

    private synchronized void clear() {
        if (written) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
