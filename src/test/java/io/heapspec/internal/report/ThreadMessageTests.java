package io.heapspec.internal.report;

import static io.heapspec.internal.report.Golden.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.JvmDescription;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.Reason;
import io.heapspec.result.ThreadJudgement;
import io.heapspec.result.ThreadOwner;
import io.heapspec.result.UncaughtException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadMessageTests {

    private static final TestName TEST =
            new TestName("[engine:junit-jupiter]/[class:com.acme.MailerTests]", "com.acme.MailerTests", "", "", "");

    private static final LeakedThread WORKER = new LeakedThread(
            31,
            "pool-1-thread-1",
            "WAITING",
            false,
            false,
            "main",
            ThreadOwner.EXECUTOR,
            false,
            List.of(
                    "jdk.internal.misc.Unsafe.park(Native Method)",
                    "java.util.concurrent.locks.LockSupport.park(LockSupport.java:341)",
                    "java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:635)",
                    "java.lang.Thread.run(Thread.java:840)"));

    private static final LeakedThread READER = new LeakedThread(
            32,
            "reader\nof mail",
            "RUNNABLE",
            true,
            false,
            "mail",
            ThreadOwner.NOBODY,
            true,
            List.of(
                    "sun.nio.ch.Net.accept(Native Method)",
                    "java.net.ServerSocket.accept(ServerSocket.java:533)",
                    "com.acme.Mailer.read(Mailer.java:31)",
                    "java.lang.Thread.run(Thread.java:840)"));

    private static final LeakedThread VIRTUAL = new LeakedThread(
            33,
            "",
            "WAITING",
            true,
            true,
            "VirtualThreads",
            ThreadOwner.NOBODY,
            false,
            List.of("java.lang.VirtualThread.park(VirtualThread.java:582)", "com.acme.Mailer.send(Mailer.java:40)"));

    private static final UncaughtException UNCAUGHT = new UncaughtException(
            "sender", "java.lang.IllegalStateException: no room", List.of("com.acme.Mailer.send(Mailer.java:44)"));

    @Test
    void namesThreadsThatAreLeft() {
        assertThat(text(Reason.THREAD_LEAK, List.of(WORKER, READER, VIRTUAL), List.of()))
                .isEqualTo(golden("threads.txt"));
    }

    @Test
    void namesExceptionsThatNobodyCaught() {
        assertThat(text(Reason.UNCAUGHT_EXCEPTION, List.of(), List.of(UNCAUGHT)))
                .isEqualTo(golden("uncaught.txt"));
    }

    @Test
    void namesBoth() {
        assertThat(text(Reason.THREAD_LEAK, Collections.nCopies(7, WORKER), List.of(UNCAUGHT)))
                .isEqualTo(golden("threads-and-uncaught.txt"));
    }

    @Test
    void saysWhyVirtualThreadsWereNotSeen() {
        ThreadJudgement unseen = new ThreadJudgement(
                Reason.THREADS_NOT_SEEN,
                "this JVM keeps no list of virtual threads (jdk.trackAllThreads=false)",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0);
        assertThat(new ThreadMessage(TEST, unseen).text()).isEqualTo(golden("threads-unseen.txt"));
    }

    @Test
    void comparesWithNoThreadAtAll() {
        ThreadMessage message =
                new ThreadMessage(TEST, judgement(Reason.THREAD_LEAK, List.of(WORKER), List.of(UNCAUGHT)));
        assertThat(message.expected()).isEqualTo("threads left: none\nuncaught exceptions: none");
        assertThat(message.actual())
                .isEqualTo("threads left: \"pool-1-thread-1\" WAITING\n"
                        + "uncaught exceptions: java.lang.IllegalStateException: no room");
    }

    @Test
    void writesAllOfItIntoOneLineOfTheResults() {
        assertThat(ThreadJson.line(
                        TEST,
                        judgement(Reason.THREAD_LEAK, List.of(WORKER), List.of(UNCAUGHT)),
                        new JvmDescription("17.0.15", "OpenJDK 64-Bit Server VM", "G1", 1024)))
                .isEqualTo(golden("threads.jsonl").strip());
    }

    private static String text(Reason reason, List<LeakedThread> threads, List<UncaughtException> uncaught) {
        return new ThreadMessage(TEST, judgement(reason, threads, uncaught)).text();
    }

    private static ThreadJudgement judgement(
            Reason reason, List<LeakedThread> threads, List<UncaughtException> uncaught) {
        return new ThreadJudgement(
                reason,
                "waited 1000 ms for threads to end",
                threads,
                uncaught,
                List.of(),
                List.of("refresher"),
                1_012.4);
    }
}
