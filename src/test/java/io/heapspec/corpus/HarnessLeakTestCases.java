package io.heapspec.corpus;

import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heapspec.NoLeak;
import io.heapspec.Repeat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;
import org.slf4j.MDC;

/** Leaks that are the test's own, or of what tests are written with: each is held by something else than the code that is tested. */
@NoLeak
@SuppressWarnings({"DirectInvocationOnMock", "SystemOut"})
class HarnessLeakTestCases {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final List<Session> SEEN = new ArrayList<>();

    @SuppressWarnings("unchecked")
    private static final List<Session> MOCK = Mockito.mock(List.class);

    private static final LoggerContext LOGGING = new LoggerContext();
    private static final ListAppender<ILoggingEvent> EVENTS = new ListAppender<>();
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
    private static final PrintStream OUT = System.out;

    static {
        EVENTS.setContext(LOGGING);
        EVENTS.start();
        LOGGING.getLogger("sessions").addAppender(EVENTS);
        LOGGING.getLogger("sessions").setLevel(Level.INFO);
    }

    static class Session {
        final byte[] data = new byte[200];

        Session self() {
            return this;
        }
    }

    @Test
    @Leaks(holder = "test", root = "HarnessLeakTestCases.SEEN", leaked = "Session")
    void testKeepsWhatItHasSeen() {
        SEEN.add(new Session());
    }

    @Test
    @Fixes("testKeepsWhatItHasSeen")
    void testForgetsWhatItHasSeen() {
        SEEN.add(new Session());
        SEEN.clear();
    }

    private Store store;

    @RegisterExtension
    final BeforeEachCallback finder =
            context -> store = context.getRoot().getStore(Namespace.create(HarnessLeakTestCases.class));

    /** The root's store lives as long as the run. */
    @Test
    @NoLeak(repeat = Repeat.BODY)
    @Leaks(
            holder = "test_framework",
            root = {"THREAD", "JAVA_FRAME"},
            leaked = {"StoredValue", "Session"})
    void testPutsIntoTheStoreOfTheRun() {
        store.put(NUMBERS.incrementAndGet(), new Session());
    }

    @Test
    @NoLeak(repeat = Repeat.BODY)
    @Fixes("testPutsIntoTheStoreOfTheRun")
    void testRemovesFromTheStoreOfTheRun() {
        int key = NUMBERS.incrementAndGet();
        store.put(key, new Session());
        store.remove(key);
    }

    @Test
    @Leaks(
            holder = "mock_framework",
            root = "HarnessLeakTestCases.MOCK",
            leaked = {"InterceptedInvocation", "Session", "Invocation"})
    void mockRecordsItsCalls() {
        MOCK.add(new Session());
    }

    @Test
    @Fixes("mockRecordsItsCalls")
    void mockForgetsItsCalls() {
        MOCK.add(new Session());
        Mockito.clearInvocations(MOCK);
    }

    /** The inline mock maker keeps the handler of a mock by a weak key, and the handler keeps the mock. */
    @Test
    @Leaks(
            holder = "mock_framework",
            root = {"mockito", "Mock"},
            leaked = {"Session", "Mock", "Handler", "Interceptor"})
    void mockRefersToItself() {
        Session mock = Mockito.mock(Session.class);
        when(mock.self()).thenReturn(mock);
    }

    @Test
    @Fixes("mockRefersToItself")
    void mocksAreCleared() {
        Session mock = Mockito.mock(Session.class);
        when(mock.self()).thenReturn(mock);
        Mockito.framework().clearInlineMocks();
    }

    private static Logger logger() {
        return LOGGING.getLogger("sessions");
    }

    @Test
    @Leaks(
            holder = "log_buffer",
            root = {"HarnessLeakTestCases.EVENTS", "HarnessLeakTestCases.LOGGING"},
            leaked = {"LoggingEvent", "Session"})
    void logAppenderCollects() {
        logger().info("opened {}", new Session());
    }

    @Test
    @Fixes("logAppenderCollects")
    void logAppenderIsEmptied() {
        logger().info("opened {}", new Session());
        EVENTS.list.clear();
    }

    @Test
    @Leaks(
            holder = "log_buffer",
            root = {"THREAD", "MDC", "logback"},
            leaked = {"String", "HashMap$Node"})
    void diagnosticContextStays() {
        MDC.put("session-" + NUMBERS.incrementAndGet(), "open");
    }

    @Test
    @Fixes("diagnosticContextStays")
    void diagnosticContextIsClosed() {
        try (var entry = MDC.putCloseable("session-" + NUMBERS.incrementAndGet(), "open")) {
            logger().debug("not written");
        }
    }

    @Test
    @Leaks(holder = "log_buffer", root = "HarnessLeakTestCases.METERS", leaked = "")
    void metersHaveTheSessionAsTag() {
        METERS.counter("calls", "session", "session-" + NUMBERS.incrementAndGet())
                .increment();
    }

    @Test
    @Fixes("metersHaveTheSessionAsTag")
    void metersHaveTheOutcomeAsTag() {
        METERS.counter("calls", "outcome", "success").increment();
    }

    /** Each run wraps what the one before it left there. */
    @Test
    @Leaks(holder = "log_buffer", root = "System.out", leaked = "")
    void outputStaysCaptured() {
        System.setOut(new PrintStream(System.out, true));
    }

    @Test
    @Fixes("outputStaysCaptured")
    void outputIsPutBack() {
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), true));
        System.setOut(OUT);
    }
}
