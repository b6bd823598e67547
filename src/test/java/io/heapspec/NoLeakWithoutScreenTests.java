package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a single run cannot show. */
class NoLeakWithoutScreenTests {

    @TempDir
    private Path output;

    @BeforeEach
    void renew() {
        Adding.renew();
    }

    @Test
    void findsWhatASingleRunCannotShow() {
        Kit.Outcome outcome = new Kit(output).run(UnscreenedTestCases.class);

        assertThat(outcome.verdict("addsAgainToADeque")).isEqualTo("failed leak");
        assertThat(outcome.verdict("addsAgainToAList")).isEqualTo("failed leak");
        assertThat(outcome.verdict("addsAgainToACopiedList")).isEqualTo("failed leak");
        assertThat(outcome.failure("addsAgainToADeque"))
                .hasMessageContaining("static field io.heapspec.NoLeakWithoutScreenTests$Adding.deque");
    }

    @Test
    void repeatsWhatIsClean() {
        Kit.Outcome outcome = new Kit(output).run(UnscreenedTestCases.class);

        assertThat(outcome.verdict("keepsNothing")).isEqualTo("passed not_repeated");
        assertThat(outcome.result("keepsNothing").get("reruns").getAsInt()).isPositive();
    }

    @Test
    void canBeConfiguredForAllTests() {
        Kit.Outcome unscreened = new Kit(output)
                .with(Configuration.NOLEAK_SCREEN_PROPERTY_NAME, "off")
                .run(ScreenedTestCases.class);

        assertThat(unscreened.verdict("keepsNothing")).isEqualTo("passed not_repeated");
        assertThat(unscreened.verdict("addsAgainToADeque")).isEqualTo("failed leak");
    }

    @Test
    void rejectsAPromiseThatNeedsRepetitionsAndForbidsThem() {
        Kit.Outcome outcome = new Kit(output).run(ContradictingTestCases.class);

        assertThat(outcome.failure("contradicts"))
                .hasMessageContaining("screen = false needs repetitions, but repeat is NEVER; allowed is true");
    }

    /** The first test of a class is repeated in any case. */
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    abstract static class Adding {

        private static final Object SAME = new Object();

        private static Deque<Object> deque = new ArrayDeque<>();
        private static List<Object> list = new ArrayList<>();
        private static List<Object> copied = new CopyOnWriteArrayList<>();

        /** With room that many runs fill. */
        static void renew() {
            deque = new ArrayDeque<>(64);
            list = new ArrayList<>(64);
            copied = new CopyOnWriteArrayList<>(new Object[9]);
        }

        @Test
        @Order(1)
        void comesFirst() {}

        @Test
        @Order(2)
        void keepsNothing() {
            Deque<Object> own = new ArrayDeque<>();
            own.add(SAME);
            assertThat(own).hasSize(1);
        }

        @Test
        @Order(3)
        void addsAgainToADeque() {
            deque.add(SAME);
        }

        @Test
        @Order(4)
        void addsAgainToAList() {
            list.add(SAME);
        }

        @Test
        @Order(5)
        void addsAgainToACopiedList() {
            copied.add(SAME);
        }
    }

    @NoLeak(screen = false)
    static class UnscreenedTestCases extends Adding {}

    @NoLeak
    static class ScreenedTestCases extends Adding {}

    static class ContradictingTestCases {

        @Test
        @NoLeak(screen = false, repeat = Repeat.NEVER)
        void contradicts() {}
    }
}
