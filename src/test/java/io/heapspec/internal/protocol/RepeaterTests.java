package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeaterTests {

    private static final Duration AMPLE = Duration.ofMinutes(1);
    private static final long RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    @Test
    void runsAsOftenAsItMayUnlessTheTimeIsOver() throws NotMeasurableException {
        try (Repeater repeater = new Repeater(RepeaterTests::busy, AMPLE, AMPLE)) {
            assertThat(repeater.runWithin(3, AMPLE.toNanos())).isEqualTo(3);
            assertThat(repeater.runWithin(1_000, 10 * RUN_NANOS)).isBetween(1, 10);
            assertThat(repeater.runWithin(1_000, 0)).isEqualTo(1);
        }
    }

    @Test
    void isInconclusiveWhenTheBudgetIsSpent() throws NotMeasurableException {
        try (Repeater repeater = new Repeater(RepeaterTests::busy, AMPLE, Duration.ofNanos(RUN_NANOS))) {
            assertThatThrownBy(() -> repeater.run(10))
                    .isInstanceOf(NotMeasurableException.class)
                    .hasMessage("the time for repetitions was spent after " + repeater.runs() + " runs");
            assertThat(repeater.runs()).isBetween(1, 2);
        }
    }

    private static void busy() {
        long end = System.nanoTime() + RUN_NANOS;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
