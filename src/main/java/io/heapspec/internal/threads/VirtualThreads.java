package io.heapspec.internal.threads;

import com.google.gson.stream.JsonReader;
import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapspec.result.LeakedThread;
import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Lists virtual threads, which no bean and no thread group does, by the thread dump of the JVM. The dump is in a folder that only its owner
 * can enter, and is deleted when it has been read.
 */
final class VirtualThreads {

    private static final int FIRST_FINAL_JDK = 21;

    private VirtualThreads() {}

    /**
     * Tells whether threads were made in a scope that are not among the platform threads that are alive: virtual ones, or such as have ended.
     *
     * @param platform numbers of the scope's platform threads that are alive
     */
    static boolean mayHaveStarted(StartedThreads scope, Set<Long> platform) {
        if (Runtime.version().feature() < FIRST_FINAL_JDK) {
            return false;
        }
        long made = ThreadNumbers.next() - scope.first() - 1;
        return made > platform.stream().filter(id -> id > scope.first()).count();
    }

    /** Describes all virtual threads that are alive. */
    static List<LeakedThread> alive() throws ThreadsNotSeenException {
        if ("false".equals(System.getProperty("jdk.trackAllThreads"))) {
            throw new ThreadsNotSeenException("this JVM keeps no list of virtual threads (jdk.trackAllThreads=false)");
        }
        try {
            Path folder = Files.createTempDirectory("heapspec-threads");
            Path file = folder.resolve("threads.json");
            try {
                dump(file);
                return read(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException | IllegalStateException e) {
            throw new ThreadsNotSeenException("the JVM's list of virtual threads cannot be read: " + e);
        }
    }

    /** By reflection: the JDK that this is compiled for has no such method. */
    private static void dump(Path file) throws IOException, ThreadsNotSeenException {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            Class<?> format = Class.forName(HotSpotDiagnosticMXBean.class.getName() + "$ThreadDumpFormat");
            Method dumpThreads = HotSpotDiagnosticMXBean.class.getMethod("dumpThreads", String.class, format);
            for (Object each : format.getEnumConstants()) {
                if (((Enum<?>) each).name().equals("JSON")) {
                    dumpThreads.invoke(bean, file.toAbsolutePath().toString(), each);
                }
            }
        } catch (InvocationTargetException e) {
            throw new IOException(String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError absent) {
            throw new ThreadsNotSeenException("this JVM writes no list of virtual threads: " + absent);
        }
    }

    private static List<LeakedThread> read(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader json = new JsonReader(text)) {
            return new ThreadDumpReader(json).virtualThreads();
        }
    }
}
