package io.heapspec.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.gc.Collector;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

/** Threads of Flight Recorder live on: those that were started for us must not keep the class loader of a test. Each in a JVM that has none yet. */
class FlightRecordingKeepsNoLoaderTests {

    @Test
    void keepsNoLoader() throws Exception {
        assertThat(run("ours")).contains("loader kept: false");
    }

    /** What would happen otherwise: else the test above could not fail. */
    @Test
    void wouldKeepItIfItWereStartedByTheTest() throws Exception {
        assertThat(run("plain")).contains("loader kept: true");
    }

    private static String run(String way) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loaded.class.getName(),
                        way)
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return text;
    }

    /** Records while a class loader is the thread's context, lets go of it, and says whether it is kept. */
    static final class Loaded {

        public static void main(String[] way) throws Exception {
            WeakReference<ClassLoader> loader = recorded(way[0].equals("ours"));
            for (int i = 0; i < 20 && !loader.refersTo(null); i++) {
                new Collector().collect();
            }
            System.out.println("loader kept: " + !loader.refersTo(null));
        }

        private static WeakReference<ClassLoader> recorded(boolean ours) throws Exception {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            URLClassLoader loader = new URLClassLoader(new URL[0], null);
            thread.setContextClassLoader(loader);
            if (ours) {
                FlightRecording.start(LeakTrace.SETTINGS).close();
            } else {
                Recording recording = new Recording(LeakTrace.SETTINGS.values());
                recording.start();
                recording.close();
            }
            thread.setContextClassLoader(before);
            loader.close();
            return new WeakReference<>(loader);
        }
    }
}
