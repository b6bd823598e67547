package io.heapspec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a command is at, on one line that is written over, once that has taken more than a second. What is quick
 * shows nothing.
 */
final class Progress implements AutoCloseable {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final long SECOND = 1000;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter err;
    private final @Nullable Timer clock;
    private volatile String stage = "starting";
    private volatile long since = System.nanoTime();
    private boolean written;

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

    /** Begins another stage. */
    void stage(String what) {
        since = System.nanoTime();
        stage = what;
    }

    private synchronized void show() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
        if (seconds > 0) {
            err.print(CLEAR + Escapes.controls(stage) + " ... " + seconds + " s");
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
