package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.protocol.Screen.Screening;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScreenTests {

    private static final TestOrigin FIRST = new TestOrigin("com.acme.CartTest", "method", false);
    private static final TestOrigin NEXT = new TestOrigin("com.acme.CartTest", "method", true);

    private static final String CLEANER = "java.io.FileCleanable";

    private final SimulatedHeap heap = new SimulatedHeap();
    private final Screen screen =
            new Screen(heap, heap.classes, new Gaps(heap, heap.classes), new Cleanables(heap.classes));

    @Test
    void passesWhatLeavesNothing() throws Exception {
        screen.start(FIRST);

        assertThat(screen.finish().suspects().isEmpty()).isTrue();
    }

    @Test
    void suspectsOneObject() throws Exception {
        screen.start(FIRST);
        heap.add("com.acme.Session", 1);

        assertThat(screen.finish().suspects().piling()).hasSize(1);
    }

    @Test
    void suspectsWhatItsRunnerHidesByLettingGoOfAsMuch() throws Exception {
        for (int leftByFirstUse : new int[] {0, 0, 1}) {
            heap.add("com.acme.Session", 1);
            screen.start(FIRST);
            heap.add("com.acme.Session", leftByFirstUse - 1);
            screen.finish();
        }

        heap.add("com.acme.Session", 1);
        screen.start(FIRST);
        // The runner lets go of one, and the test leaves one.

        assertThat(screen.finish().suspects().piling()).hasSize(1);
    }

    @Test
    void doesNotKnowAllUntilItIsSeenWhatTheRunnerLetsGo() throws Exception {
        boolean[] whole = new boolean[3];
        for (int test = 0; test < whole.length; test++) {
            screen.start(FIRST);
            Screening screening = screen.finish();
            screen.repeated(screening.census());
            whole[test] = screening.isWhole();
        }

        assertThat(whole).containsExactly(false, false, true);
    }

    @Test
    void leavesNoCensusOfItsOwnWhateverBecomesOfATest() throws Exception {
        ClassTable classes = new ClassTable();
        LiveSet liveSet = new JvmLiveSet(new Histograms(classes), classes, new Collector());
        Screen own = new Screen(liveSet, classes, new Gaps(liveSet, classes), new Cleanables(classes));
        for (int test = 0; test < 6; test++) {
            own.start(FIRST);
            Screening screening = own.finish();

            assertThat(IntStream.of(screening.suspects().piling()).mapToObj(classes::nameOf))
                    .as("test %d", test)
                    .doesNotContain(Census.class.getName());
            switch (test % 3) {
                case 0 -> own.forget();
                case 1 -> own.acquitted(screening, screening.census());
                default -> own.repeated(screening.census());
            }
        }
    }

    @Test
    void noticesCleanersThatWait() throws Exception {
        heap.add(CLEANER, 5);
        screen.start(FIRST);
        heap.add(CLEANER, 1);

        assertThat(screen.finish().unclosed()).isTrue();
    }

    @Test
    void noticesCleanersThatWaitWhereItCountsWithoutCollecting() throws Exception {
        heap.countingWithoutCollecting().add(CLEANER, 5);
        screen.start(FIRST);
        heap.add(CLEANER, 1);

        assertThat(screen.finish().unclosed()).isTrue();
    }

    @Test
    void noticesNoCleanersWhereAllWereTold() throws Exception {
        heap.add(CLEANER, 5);
        screen.start(FIRST);

        assertThat(screen.finish().unclosed()).isFalse();
    }

    @Test
    void sharesOneCensusBetweenTestsInARow() throws Exception {
        screen.start(FIRST);
        screen.finish();
        int before = heap.collections();
        screen.start(NEXT);
        screen.finish();

        assertThat(heap.collections() - before).isEqualTo(1);
    }

    @Test
    void knowsTheConstructorOfAClassOnceATestOfItWasRepeated() throws Exception {
        for (int test = 0; test < 2; test++) {
            screen.start(new TestOrigin("com.acme.EarlierTest", "method", false));
            screen.finish();
        }
        screen.start(FIRST);
        Screening first = screen.finish();
        assertThat(first.isWhole()).isFalse();
        screen.repeated(first.census());

        heap.add("com.acme.Cache", 1);
        screen.start(NEXT);
        Screening second = screen.finish();
        assertThat(second.isWhole()).isTrue();
        // The next is compared with a count of its own.
        screen.acquitted(second, second.census());
        screen.start(NEXT);
        assertThat(screen.finish().isWhole()).isTrue();

        screen.start(new TestOrigin("com.acme.ShopTest", "method", true));
        assertThat(screen.finish().isWhole()).isFalse();
    }

    @Test
    void doesNotTakeTheConstructorForKnownWhereATestOfItLeaks() throws Exception {
        screen.start(FIRST);
        screen.finish();
        screen.forget();
        screen.start(NEXT);

        assertThat(screen.finish().isWhole()).isFalse();
    }

    @Test
    void countsAnewAfterATestItDidNotSee() throws Exception {
        screen.start(FIRST);
        screen.finish();
        heap.add("com.acme.Session", 7);
        screen.start(FIRST);

        assertThat(screen.finish().suspects().isEmpty()).isTrue();
    }

    @Test
    void doesNotCountWhatARunnerHoldsOnlyAtTheStart() throws Exception {
        for (int test = 0; test < 2; test++) {
            passWithAListOfTheRunner(0);
        }

        assertThat(passWithAListOfTheRunner(1).suspects().piling()).hasSize(1);
    }

    @Test
    void countsWhatARunnerHeldOnceAtTheStart() throws Exception {
        passWithAListOfTheRunner(0);

        assertThat(passWithAListOfTheRunner(1).suspects().isEmpty()).isTrue();
    }

    private Screening passWithAListOfTheRunner(int left) throws Exception {
        heap.add("java.util.ArrayList", 1);
        screen.start(FIRST);
        heap.add("java.util.ArrayList", left - 1);
        return screen.finish();
    }

    @Test
    void allowsWhatTwoAcquittedTestsLeft() throws Exception {
        acquit(3);
        acquit(3);
        screen.start(NEXT);
        heap.add("java.lang.String", 3);

        assertThat(screen.finish().suspects().isEmpty()).isTrue();
    }

    /** It may be the first use of what the next test leaks. */
    @Test
    void allowsNothingThatOneTestAloneLeft() throws Exception {
        acquit(3);
        acquit(0);
        screen.start(NEXT);
        heap.add("java.lang.String", 3);

        assertThat(screen.finish().suspects().isEmpty()).isFalse();
    }

    @Test
    void allowsWhatOthersHaveInCommon() throws Exception {
        acquit(3);
        acquit(5);
        screen.start(NEXT);
        heap.add("java.lang.String", 3);

        assertThat(screen.finish().suspects().isEmpty()).isTrue();
    }

    @Test
    void suspectsOneObjectMoreThanAcquittedTestsLeft() throws Exception {
        acquit(3);
        acquit(3);
        screen.start(NEXT);
        heap.add("java.lang.String", 4);

        assertThat(screen.finish().suspects().isEmpty()).isFalse();
    }

    @Test
    void allowsNothingWhereLessIsLeftThanAllowed() throws Exception {
        acquit(3);
        acquit(3);
        screen.start(NEXT);
        heap.add("java.lang.String", 2);

        assertThat(screen.finish().suspects().isEmpty()).isFalse();
    }

    @Test
    void seesALeakThatTheEndOfTheLastTestWouldHide() throws Exception {
        // The last test held 100 sessions while it was judged; they are gone when the next one has leaked one.
        screen.start(FIRST);
        heap.add("com.acme.Session", 100);
        Screening screening = screen.finish();
        screen.acquitted(screening, heap.count());
        heap.add("com.acme.Session", -100);
        screen.start(NEXT);
        heap.add("com.acme.Session", 1);

        assertThat(screen.finish().suspects().isEmpty()).isFalse();
    }

    @Test
    void passesWithoutACollectionWhatDidNotGrowByACountThatNeedsNone() throws Exception {
        heap.countingWithoutCollecting();
        screen.start(FIRST);
        int before = heap.collections();

        assertThat(screen.finish().suspects().isEmpty()).isTrue();
        assertThat(heap.collections()).isEqualTo(before);
    }

    @Test
    void collectsBeforeItSuspectsWhatIsPerhapsGarbage() throws Exception {
        heap.countingWithoutCollecting();
        screen.start(FIRST);
        heap.addWeaklyReachable("com.acme.Session", 5);

        assertThat(screen.finish().suspects().isEmpty()).isTrue();
    }

    @Test
    void suspectsWhatIsLeftWhenGarbageIsGone() throws Exception {
        heap.countingWithoutCollecting();
        screen.start(FIRST);
        heap.addWeaklyReachable("com.acme.Session", 5);
        heap.add("com.acme.Session", 1);

        assertThat(screen.finish().suspects().piling()).hasSize(1);
    }

    @Test
    void passesWithoutACollectionWhatLeavesTheSameGarbageAgain() throws Exception {
        heap.countingWithoutCollecting();
        for (int test = 0; test < 2; test++) {
            screen.start(FIRST);
            heap.addWeaklyReachable("com.acme.Session", 5);
            screen.finish();
        }
        int before = heap.collections();
        screen.start(NEXT);
        heap.addWeaklyReachable("com.acme.Session", 5);

        assertThat(screen.finish().suspects().isEmpty()).isTrue();
        assertThat(heap.collections()).isEqualTo(before);
    }

    @Test
    void seesALeakThoughGarbageOfItsClassHasGone() throws Exception {
        passesWithoutACollectionWhatLeavesTheSameGarbageAgain();
        screen.start(NEXT);
        heap.collect();
        heap.add("com.acme.Session", 1);

        assertThat(screen.finish().suspects().piling()).hasSize(1);
    }

    @Test
    void suspectsNoGapOnceOneTestHasBeenAcquitted() throws Exception {
        heap.leavingGaps();
        acquit(0);
        screen.start(NEXT);
        for (int test = 0; test < 20; test++) {
            assertThat(screen.finish().suspects().isEmpty()).as("test %s", test).isTrue();
            screen.start(NEXT);
        }
    }

    @Test
    void suspectsALeakBesideGapsWhateverTheCollection() throws Exception {
        for (int tests = 0; tests < 8; tests++) {
            SimulatedHeap gapped = new SimulatedHeap().leavingGaps();
            Screen fresh = new Screen(
                    gapped, gapped.classes, new Gaps(gapped, gapped.classes), new Cleanables(gapped.classes));
            fresh.start(FIRST);
            fresh.acquitted(fresh.finish(), gapped.count());
            fresh.start(NEXT);
            for (int test = 0; test < tests + 4; test++) {
                fresh.finish();
                fresh.start(NEXT);
            }
            gapped.add("[I", 1);

            assertThat(fresh.finish().suspects().piling())
                    .as("after %s tests", tests)
                    .hasSize(1);
        }
    }

    private void acquit(int left) throws Exception {
        screen.start(FIRST);
        heap.add("java.lang.String", left);
        screen.acquitted(screen.finish(), heap.count());
    }
}
