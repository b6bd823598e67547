package io.heapspec;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The snippets in {@code docs/nothreadleak.md}. {@link DocumentationTests} runs them. */
class UsageOfNoThreadLeak {

    @NoThreadLeak
    static class MailerTests {

        private static Mailer mailer;

        @BeforeAll
        static void open() {
            mailer = new Mailer();
        }

        @Test
        void sends() {
            mailer.send("hello");
        }

        @AfterAll
        static void close() {
            mailer.close();
        }
    }

    static class RefreshTests {

        @Test
        @NoThreadLeak(linger = "5 s", allow = "refresher-*")
        void refreshesInTheBackground() {
            new Mailer().close();
        }
    }

    static final class Mailer {
        private final ExecutorService executor = Executors.newFixedThreadPool(2);

        void send(String text) {
            executor.execute(text::strip);
        }

        void close() {
            executor.shutdown();
        }
    }
}
