package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapspec.internal.counters.Counters;
import io.heapspec.internal.protocol.Confirmation.LongBlocks;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationTests {

    private static final String SESSION = "com.acme.Session";
    private static final String ARRAY = "[Ljava.lang.Object;";

    private final SimulatedHeap heap = new SimulatedHeap();
    private int runs;
    private @Nullable Repetition body;
    private boolean stretchedAtFirst;

    @Test
    void convictsWhatGrowsInEveryRun() throws Exception {
        assertThat(shortBlocks(1, run -> heap.add(SESSION, 1))).containsExactly(SESSION);
        assertThat(longBlocks(1, run -> heap.add(SESSION, 1)).bending()).isFalse();
    }

    @Test
    void acquitsAfterOneRepetitionWhatGrewOnlyInTheFirstRun() throws Exception {
        assertThat(shortBlocks(1, run -> {})).isEmpty();
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void acquitsACacheThatIsFull() throws Exception {
        assertThat(shortBlocks(1, run -> heap.add(SESSION, run <= 10 ? 1 : 0))).isEmpty();
    }

    @Test
    void seesACacheBendWhenItFillsUp() throws Exception {
        LongBlocks blocks = longBlocks(1, run -> heap.add(SESSION, run <= 300 || run % 3 == 0 ? 1 : 0));

        assertThat(blocks.suspects().piling()).isNotEmpty();
        assertThat(blocks.bending() || blocks.runs() < 300).isTrue();
    }

    @Test
    void acquitsACacheThatFillsUpWhenTheBodyIsRunOftenEnough() throws Exception {
        assertThat(filledUp(run -> heap.add(SESSION, run <= 1_000 ? 1 : 0))).isEmpty();
    }

    /** Wherever in its round the blocks find it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 7, 13, 20, 27, 31, 38, 44, 49})
    void acquitsABatchThatIsWrittenOutWhenItIsLarge(int phase) throws Exception {
        assertThat(filledUp(run -> heap.add(SESSION, (run + phase) % 50 == 0 ? -49 : 1)))
                .isEmpty();
    }

    /** A list becomes longer, while a batch beside it is emptied and arrays of the same kind go. */
    @Test
    void keepsArraysThatBecomeLongerThoughThereAreFewerOfThem() throws Exception {
        heap.add(ARRAY, 10_000);
        Suspects filled = run(
                1,
                run -> {
                    heap.add(SESSION, run % 50 == 0 ? -49 : 1);
                    heap.add(ARRAY, run > 1_000 ? -1 : 0);
                    heap.lengthen(ARRAY, 64);
                },
                confirmation -> {
                    confirmation.shortBlocks();
                    return confirmation.filledUp(0);
                });

        assertThat(filled.piling()).isEmpty();
        assertThat(filled.stretching()).containsExactly(heap.classes.idOf("java.lang.Object[]"));
    }

    @Test
    void keepsAListThatIsReplacedByOneTwiceAsLong() throws Exception {
        assertThat(stretching(run -> heap.lengthen(ARRAY, Integer.bitCount(run) == 1 ? 8L * run : 0)))
                .containsExactly("java.lang.Object[]");
    }

    private List<String> stretching(IntConsumer each) throws Exception {
        stretchedAtFirst = true;
        Suspects filled = run(1, each, confirmation -> {
            confirmation.shortBlocks();
            return confirmation.filledUp(0);
        });
        return Arrays.stream(filled.stretching()).mapToObj(heap.classes::nameOf).toList();
    }

    @Test
    void keepsALeakOfTheLifeCycleThatTheBodyDoesNotAddTo() throws Exception {
        body = () -> {};
        assertThat(filledUp(run -> heap.add(SESSION, 1))).containsExactly(SESSION);
    }

    @Test
    void keepsWhatGrowsBeyondEveryBound() throws Exception {
        assertThat(filledUp(run -> heap.add(SESSION, 1))).containsExactly(SESSION);
    }

    @Test
    void acquitsATrickleThatIsNotOfTheTest() throws Exception {
        assertThat(shortBlocks(1, run -> heap.add("java.lang.String", run % 20 == 1 ? 1 : 0)))
                .isEmpty();
    }

    @Test
    void keepsALeakWhoseClassOthersLeaveNowAndThen() throws Exception {
        assertThat(shortBlocks(1, run -> heap.add(SESSION, run == 12 ? 0 : 1))).containsExactly(SESSION);
    }

    @Test
    void suspectsWhatGrowsInTheRepetitionEvenIfItFellInTheFirstRun() throws Exception {
        heap.add("java.lang.Object", 5);
        assertThat(shortBlocks(1, run -> heap.add("java.lang.Object", 1))).containsExactly("java.lang.Object");
    }

    @Test
    void keepsARareLeakOnlyWhereItIsAskedFor() throws Exception {
        assertThat(shortBlocks(1, run -> heap.add(SESSION, run % 4 == 0 ? 1 : 0)))
                .isEmpty();
        assertThat(shortBlocks(4, run -> heap.add(SESSION, run % 4 == 0 ? 1 : 0)))
                .containsExactly(SESSION);
    }

    @Test
    void countsEachBlockInTheSameState() throws Exception {
        shortBlocks(1, run -> heap.add(SESSION, 1));

        // One block of a single run, two of several, each of which has a collection before its last run.
        assertThat(heap.collections()).isEqualTo(1 + 1 + 2 * 2);
    }

    /** A thousand that go with classes, and hide the hundreds that each block adds. */
    @Test
    void looksAgainWhereClassesAreUnloadedInALongBlock() throws Exception {
        LongBlocks blocks = longBlocks(1, run -> {
            heap.add(SESSION, run == 100 ? -999 : 1);
            if (run == 100) {
                unloadAClass();
            }
        });

        assertThat(piling(blocks.suspects())).containsExactly(SESSION);
        assertThat(blocks.runsFrom()).isLessThan(blocks.runs());
        assertThat(blocks.bending()).isFalse();
    }

    @Test
    void doesNotLookAgainWhereWhatGrewGoesByItself() throws Exception {
        assertThat(piling(longBlocks(1, run -> heap.add(SESSION, run == 100 ? -999 : 1))
                        .suspects()))
                .isEmpty();
    }

    private static void unloadAClass() {
        long before = Counters.classesUnloadedSoFar();
        try (InputStream bytes = Dropped.class.getResourceAsStream("ConfirmationTests$Dropped.class")) {
            MethodHandles.lookup()
                    .defineHiddenClass(Objects.requireNonNull(bytes).readAllBytes(), true);
        } catch (IOException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
        await().pollInSameThread().until(() -> {
            System.gc();
            return Counters.classesUnloadedSoFar() > before;
        });
    }

    private static final class Dropped {}

    private List<String> filledUp(IntConsumer body) throws Exception {
        return piling(run(1, body, confirmation -> {
            confirmation.shortBlocks();
            return confirmation.filledUp(0);
        }));
    }

    private List<String> shortBlocks(int everyNthRun, IntConsumer body) throws Exception {
        return piling(run(everyNthRun, body, confirmation -> confirmation.shortBlocks()));
    }

    private List<String> piling(Suspects suspects) {
        return Arrays.stream(suspects.piling()).mapToObj(heap.classes::nameOf).toList();
    }

    private LongBlocks longBlocks(int everyNthRun, IntConsumer body) throws Exception {
        LongBlocks[] blocks = new LongBlocks[1];
        run(everyNthRun, body, confirmation -> {
            Suspects suspects = confirmation.shortBlocks();
            blocks[0] = confirmation.longBlocks();
            return suspects;
        });
        return blocks[0];
    }

    private Suspects run(int everyNthRun, IntConsumer each, Step step) throws Exception {
        runs = 0;
        Repetition repetition = () -> each.accept(++runs);
        try (Repeater repeater = new Repeater(repetition, Duration.ofSeconds(10), Duration.ofSeconds(60))) {
            Blocks blocks = new Blocks(repeater, heap, heap.count(), new OpenWatch(new Cleanables(heap.classes)));
            Suspects first = Suspects.everything(heap.classes);
            return step.run(new Confirmation(
                    blocks,
                    new Filling(repeater, RepeatableTest.of(body == null ? repetition : body), heap),
                    heap.classes,
                    new Sensitivity(everyNthRun),
                    new Suspects(first.piling(), stretchedAtFirst ? first.stretching() : new int[0]),
                    id -> false));
        }
    }

    private interface Step {
        Suspects run(Confirmation confirmation) throws NotMeasurableException;
    }
}
