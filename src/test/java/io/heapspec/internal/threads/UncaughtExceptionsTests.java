package io.heapspec.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.UncaughtException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("changes the default handler of the JVM")
class UncaughtExceptionsTests {

    private final List<String> previouslyHeard = Collections.synchronizedList(new ArrayList<>());
    private final UncaughtExceptionHandler previous = (thread, exception) -> previouslyHeard.add(thread.getName());
    private @Nullable UncaughtExceptionHandler original;

    @BeforeEach
    void setHandler() {
        original = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(previous);
    }

    @AfterEach
    void putBack() {
        Thread.setDefaultUncaughtExceptionHandler(original);
    }

    @Test
    void hearsOfThreadsOfTheScopeAndTellsTheHandlerBefore() throws InterruptedException {
        UncaughtExceptions listener = UncaughtExceptions.of(StartedThreads.fromNow());
        fail("dies", new IllegalStateException("no room\nsecond line"));
        listener.close();
        fail("dies later", new IllegalStateException());

        assertThat(listener.heard()).hasSize(1);
        UncaughtException heard = listener.heard().get(0);
        assertThat(heard.thread()).isEqualTo("dies");
        assertThat(heard.exception()).isEqualTo("java.lang.IllegalStateException: no room");
        assertThat(heard.stack().get(0))
                .startsWith("io.heapspec.internal.threads.UncaughtExceptionsTests.hears")
                .contains("(UncaughtExceptionsTests.java:");
        assertThat(previouslyHeard).containsExactly("dies", "dies later");
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(previous);
    }

    @Test
    void isSilentAboutThreadsThatWereThereBefore() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        Thread older = new Thread(
                () -> {
                    awaitQuietly(go);
                    throw new IllegalStateException();
                },
                "older");
        older.start();
        try (UncaughtExceptions listener = UncaughtExceptions.of(StartedThreads.fromNow())) {
            go.countDown();
            older.join();
            assertThat(listener.heard()).isEmpty();
        }
        assertThat(previouslyHeard).containsExactly("older");
    }

    @Test
    void innerScopesHearAlone() throws InterruptedException {
        UncaughtExceptions outer = UncaughtExceptions.of(StartedThreads.fromNow());
        UncaughtExceptions inner = UncaughtExceptions.of(StartedThreads.fromNow());
        fail("inside", new IllegalStateException());
        inner.close();
        fail("outside", new IllegalStateException());
        outer.close();

        assertThat(inner.heard()).extracting(UncaughtException::thread).containsExactly("inside");
        assertThat(outer.heard()).extracting(UncaughtException::thread).containsExactly("outside");
        assertThat(previouslyHeard).containsExactly("inside", "outside");
    }

    @Test
    void leavesAHandlerThatTookItsPlace() {
        UncaughtExceptionHandler later = (thread, exception) -> {};
        UncaughtExceptions listener = UncaughtExceptions.of(StartedThreads.fromNow());
        Thread.setDefaultUncaughtExceptionHandler(later);
        listener.close();

        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(later);
    }

    @Test
    void bearsAnExceptionThatFailsToDescribeItself() throws InterruptedException {
        try (UncaughtExceptions listener = UncaughtExceptions.of(StartedThreads.fromNow())) {
            fail("odd", new OddException());
            assertThat(listener.heard())
                    .containsExactly(new UncaughtException(
                            "odd",
                            OddException.class.getName()
                                    + ": (its message fails with java.lang.UnsupportedOperationException)",
                            List.of()));
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void hearsOfVirtualThreads() throws InterruptedException {
        try (UncaughtExceptions listener = UncaughtExceptions.of(StartedThreads.fromNow())) {
            Virtual.start(() -> {
                        throw new IllegalStateException("virtual");
                    })
                    .join();
            assertThat(listener.heard())
                    .extracting(UncaughtException::exception)
                    .containsExactly("java.lang.IllegalStateException: virtual");
        }
    }

    private static void fail(String name, RuntimeException exception) throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    throw exception;
                },
                name);
        thread.start();
        thread.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class OddException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new UnsupportedOperationException();
        }
    }
}
