package io.heapspec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The snippets in {@code docs/noleak.md}. {@link DocumentationTests} runs them. */
class UsageOfNoLeak {

    private final Server server = new Server();
    private final Client client = new Client();

    /** Our own promise: whatever holds for all tests of the shop. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @NoLeak(allow = "com.acme.shop.AuditLog", budget = "5 s")
    @interface ReleasesEverything {}

    @Test
    @ReleasesEverything
    void keepsOurOwnPromise() {
        server.ask();
    }

    @Test
    @NoLeak(allow = "io.heapspec.UsageOfNoLeak$AuditLog:entries")
    void writesAnAuditLog() {
        new AuditLog().write("ada", "logged in");
    }

    @Test
    @NoLeak(repeat = Repeat.BODY)
    void asksAServerThatStartsSlowly() {
        server.ask();
    }

    @Test
    @NoLeak(everyNthRun = 5, budget = "20 s")
    void retriesWhenTheNetworkFails() {
        client.sendWithRetry();
    }

    static final class Server {
        void ask() {}
    }

    static final class Client {
        void sendWithRetry() {}
    }

    static final class AuditLog {
        private static final List<String> entries = new ArrayList<>();

        void write(String who, String what) {
            entries.add(who + " " + what);
        }
    }
}
