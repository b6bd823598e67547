package io.heapspec;

import static io.heapspec.assertj.HeapSpecAssertions.assertThat;

import io.heapspec.result.Reachability;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code in {@code docs/leakwatcher.md}. */
@ExtendWith(HeapSpecExtension.class)
class UsageOfLeakWatcher {

    private final Server server = new Server();

    @Test
    void logoutReleasesTheSession(LeakWatcher watcher) {
        Session session = server.login("ada");
        watcher.expectCollected(session, "ada has logged out");
        server.logout("ada");
    }

    @Test
    void nobodyOfThatNameIsLeft(LeakWatcher watcher) {
        server.login("ada");
        server.logout("ada");
        watcher.expectNoInstanceOf(
                Session.class, session -> session.text("user").equals(Optional.of("ada")), "ada has logged out");
    }

    @Test
    void softReferencesCountWhereThatIsAsked(LeakWatcher watcher) {
        watcher.judgedBy(Reachability.SOFT);
        watcher.expectCollected(new byte[1024], "the cache was cleared");
    }

    @Test
    void isAskedAnywhere() {
        LeakWatcher watcher = LeakWatcher.create();
        logInAndOut(watcher);
        watcher.check();
    }

    private void logInAndOut(LeakWatcher watcher) {
        watcher.expectCollected(server.login("ada"), "ada has logged out");
        server.logout("ada");
    }

    @Test
    void referencesHaveAssertions() {
        WeakReference<Session> session = new WeakReference<>(server.login("ada"));
        server.logout("ada");
        assertThat(session).isCollected();
    }

    static final class Session {
        final String user;

        Session(String user) {
            this.user = user;
        }
    }

    static final class Server {
        private final Map<String, Session> sessions = new HashMap<>();

        Session login(String user) {
            return sessions.computeIfAbsent(user, Session::new);
        }

        void logout(String user) {
            sessions.remove(user);
        }
    }
}
