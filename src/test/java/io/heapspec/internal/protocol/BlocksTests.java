package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.protocol.Screen.Screening;
import io.heapspec.result.LeakKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlocksTests {

    private static final String CLEANER = "jdk.internal.ref.CleanerImpl$PhantomCleanableRef";

    private final SimulatedHeap heap = new SimulatedHeap();
    private final OpenWatch watch = new OpenWatch(new Cleanables(heap.classes));

    /** What an earlier test left, and was counted before this one, is cleaned at the very moment this one leaves as much. */
    @Test
    void seeWhatEachRunLeavesThoughWhatWasLeftBeforeIsCleanedMeanwhile() throws NotMeasurableException {
        heap.addLeaving(CLEANER, 1);
        Census before = heap.count();
        watch.started();
        watch.screened(new Screening(before, Suspects.NONE, false, 1, true));

        runBlocks(() -> heap.addLeaving(CLEANER, 1), 1);
        assertThat(watch.isSearchNeeded(plan())).isFalse();

        runBlocks(() -> heap.addLeaving(CLEANER, 1), 4);
        assertThat(watch.isSearchNeeded(plan())).isTrue();
    }

    /** The thread that repeats may have a buffer of its own, which is one however often the test runs. */
    @Test
    void learnWhatATestWithoutAnythingLeftHasAboveTheLevelFromASingleRun() throws NotMeasurableException {
        Census none = heap.count();
        watch.started();
        watch.screened(new Screening(none, Suspects.NONE, false, 0, true));
        runBlocks(() -> heap.addLeaving(CLEANER, 1), 16);
        watch.acquitted();

        watch.started();
        watch.screened(new Screening(none, Suspects.NONE, false, 0, true));
        runBlocks(() -> heap.addLeaving(CLEANER, 1), 1);
        assertThat(watch.isSearchNeeded(plan())).isFalse();

        runBlocks(() -> heap.addLeaving(CLEANER, 1), 16);
        assertThat(watch.isSearchNeeded(plan())).isTrue();
    }

    @Test
    void seeNothingWhereNothingIsLeft() throws NotMeasurableException {
        watch.started();
        watch.screened(new Screening(heap.count(), Suspects.NONE, false, 0, true));

        runBlocks(() -> {}, 4);

        assertThat(watch.isSearchNeeded(plan())).isFalse();
    }

    private void runBlocks(Repetition repetition, int runs) throws NotMeasurableException {
        try (Repeater repeater = new Repeater(repetition, Duration.ofSeconds(10), Duration.ofSeconds(10))) {
            new Blocks(repeater, heap, heap.count(), watch).run(runs);
        }
    }

    private static LeakPlan plan() {
        return new LeakPlan(
                EnumSet.allOf(LeakKind.class),
                List.of(),
                0,
                1,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Path.of("dumps"));
    }
}
