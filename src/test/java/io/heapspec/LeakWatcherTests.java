package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapspec.result.Reachability;
import io.heapspec.result.Reason;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

class LeakWatcherTests {

    private static final List<Object> HELD = new ArrayList<>();

    @TempDir
    Path output;

    @AfterEach
    void letGo() {
        HELD.clear();
    }

    @Test
    void judgesTheParameterOfATest() {
        Kit.Outcome outcome = new Kit(output).run(WatchingTestCases.class);

        assertThat(outcome.verdict("letsGo")).isEqualTo("passed collected");
        assertThat(outcome.verdict("holds")).isEqualTo("failed retained");
        assertThat(outcome.verdict("holdsByItsOwnField")).isEqualTo("failed retained");
        assertThat(outcome.verdict("fails")).isEqualTo("inconclusive test_failed");
        assertThat(outcome.verdict("letsGoInside")).isEqualTo("passed collected");
        assertThat(outcome.failure("fails")).hasMessage("by itself");
        assertThat(outcome.failure("holds"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith(
                        "LeakWatcher: LeakWatcherTests.WatchingTestCases.holds(): LeakWatcherTests$Session is"
                                + " retained, though it was closed. Confirmed: ")
                .hasMessageContaining("GC root: static field io.heapspec.LeakWatcherTests.HELD")
                .hasMessageContaining("LeakWatcherTests.HELD holds it");
        assertThat(outcome.failure("holdsByItsOwnField")).hasMessageContaining("by its own field session");
        assertThat(outcome.results())
                .filteredOn(line -> line.get("test").getAsString().contains(".letsGoEach()"))
                .hasSize(2)
                .allMatch(line -> line.get("reason").getAsString().equals("collected"));
    }

    @Test
    void isUsedTogetherWithAPromise() {
        Kit.Outcome outcome = new Kit(output).run(PromisingTestCases.class);

        assertThat(outcome.results())
                .filteredOn(line -> line.get("promise").getAsString().equals("leakWatcher"))
                .singleElement()
                .matches(line -> line.get("reason").getAsString().equals("collected"));
        assertThat(outcome.results())
                .filteredOn(line -> line.get("promise").getAsString().equals("noLeak"))
                .singleElement()
                .matches(line -> line.get("reason").getAsString().equals("leak"));
    }

    @Test
    void isNoParameterOfAClass() {
        Kit.Outcome outcome = new Kit(output).run(MisusingTestCases.class);

        assertThat(outcome.events().containerEvents().failed().count()).isEqualTo(1);
        outcome.events()
                .containerEvents()
                .assertThatEvents()
                .anyMatch(event ->
                        String.valueOf(event.getPayload()).contains(ParameterResolutionException.class.getName())
                                || event.toString().contains("checked after each test"));
    }

    @Test
    void isAskedAtSeveralPoints() {
        LeakWatcher watcher = LeakWatcher.create();
        watchUnheld(watcher);
        assertThat(watcher.check().reason()).isEqualTo(Reason.COLLECTED);
        watchHeld(watcher);
        assertThatThrownBy(watcher::check)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("LeakWatcher: ");
        assertThat(watcher.check().watched()).isZero();
    }

    @Test
    void strengthIsExplicit() {
        LeakWatcher watcher = LeakWatcher.create();
        watchSoftlyHeld(watcher);
        assertThat(watcher.check().reason()).isIn(Reason.SOFT_HELD, Reason.COLLECTED);
        watchSoftlyHeld(watcher.judgedBy(Reachability.SOFT));
        assertThat(watcher.check().reason()).isEqualTo(Reason.COLLECTED);
    }

    private static void watchUnheld(LeakWatcher watcher) {
        watcher.expectCollected(new Session(), "it was closed");
    }

    private static void watchHeld(LeakWatcher watcher) {
        Session session = new Session();
        HELD.add(session);
        watcher.expectCollected(session, "it was closed");
    }

    private static void watchSoftlyHeld(LeakWatcher watcher) {
        Session session = new Session();
        HELD.add(new SoftReference<>(session));
        watcher.expectCollected(session, "it was closed");
    }

    static final class Session {}

    @ExtendWith(HeapSpecExtension.class)
    static class WatchingTestCases {

        private Session session;

        @BeforeEach
        void watchesSomethingElse(LeakWatcher watcher) {
            watcher.expectCollected(new Object(), "nothing holds it");
        }

        @Test
        void letsGo(LeakWatcher watcher) {
            watchUnheld(watcher);
        }

        @Test
        void holds(LeakWatcher watcher) {
            watchHeld(watcher);
        }

        @Test
        void holdsByItsOwnField(LeakWatcher watcher) {
            session = new Session();
            watcher.expectCollected(session, "it was closed");
        }

        @Test
        void fails(LeakWatcher watcher) {
            watchHeld(watcher);
            throw new IllegalStateException("by itself");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void letsGoEach(int number, LeakWatcher watcher) {
            watcher.expectCollected(new int[number], "nothing holds it");
        }

        @Nested
        class InnerTestCases {

            @Test
            void letsGoInside(LeakWatcher watcher) {
                watchUnheld(watcher);
            }
        }
    }

    static class PromisingTestCases {

        private static final List<Object> LEAKED = new ArrayList<>();

        @Test
        @NoLeak
        void leaksSomethingElse(LeakWatcher watcher) {
            LEAKED.add(new byte[16]);
            watchUnheld(watcher);
        }
    }

    @ExtendWith(HeapSpecExtension.class)
    static class MisusingTestCases {

        @BeforeAll
        static void prepare(LeakWatcher watcher) {}

        @Test
        void isNeverRun() {}
    }
}
