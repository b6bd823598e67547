package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.Residue;
import org.jspecify.annotations.Nullable;

/**
 * The first step: compares the live set before and after a test, at the cost of one collection for a clean one.
 *
 * <p>Tests in a row share a census: the one after a test, less what that test and its runner still held then, is the one before the next.
 * What they hold is measured, not guessed: it is what has gone by itself when the next test starts.
 *
 * <p>Even an empty test leaves something: its runner's contexts and notes. What tests of the same kind left that were acquitted by
 * repetition is {@linkplain Allowances allowed}. In doubt a test is suspected, never acquitted.
 *
 * <p>As many censuses are kept at any time, those that no longer say anything included: one more than were counted before a test would be what the test
 * left, and one less would hide as much.
 *
 * <p>Where the JVM can count without collecting at least what is alive, that is asked first: what did not grow by that did not grow. There,
 * what tests left that a collection has taken is allowed, too, but does not become part of what the next test is compared with.
 *
 * <p>Not thread-safe; tests that are screened run one at a time.
 */
final class Screen {

    private static final int MOST_COUNTS = 4;

    private final LiveSet liveSet;
    private final ClassTable classes;
    private final Gaps gaps;
    private final Allowances left;
    private final Allowances leftReachable;
    private final Transients transients;
    private final Cleanables cleanables;
    private Census level = Residue.NONE.asCensus();
    private Census suspected = Residue.NONE.asCensus();
    private Residue own = Residue.of(Residue.NONE.asCensus());
    private boolean levelKnown;
    /** Whether the last test was suspected, so that what is counted before the next tells what was its runner's. */
    private boolean suspecting;

    private boolean startedAnew;
    private boolean transientsKnown;
    private boolean unclosed;
    /** The fewest there were since a count before a test: what was left open before may still have been among them then. */
    private long cleaners;

    private long counted;

    private String group = "";
    /** Whose constructor was repeated with the rest of a test, and is known to leave nothing that piles up. */
    private String knownGroup = "";

    private String kind = "";

    Screen(LiveSet liveSet, ClassTable classes, Gaps gaps, Cleanables cleanables) {
        this.liveSet = liveSet;
        this.classes = classes;
        this.gaps = gaps;
        this.left = new Allowances(gaps.isFiller());
        this.leftReachable = new Allowances(gaps.isFiller());
        this.transients = new Transients(gaps.isFiller());
        this.cleanables = cleanables;
    }

    /**
     * Prepares to judge a test.
     *
     * @param test what is known about it
     */
    void start(TestOrigin test) throws NotMeasurableException {
        boolean sameGroup = test.consecutive() && test.group().equals(group);
        boolean shared = sameGroup && levelKnown && !suspecting;
        kind = test.kind();
        startedAnew = !shared;
        if (shared) {
            return;
        }
        Census now = countWhenCleaned();
        own = Residue.of(
                sameGroup && suspecting ? suspected.minus(now).without(gaps.isFiller()) : Residue.NONE.asCensus());
        level = now.minus(transients.of(kind));
        transientsKnown = transients.areKnown(kind);
        levelKnown = true;
        suspecting = false;
        group = test.group();
        gaps.started(now);
    }

    /**
     * Counts, and again as long as cleaners are on their way out: a census counts those whose objects it has just found to be gone, and they would
     * hide as many that the test leaves.
     */
    private Census countWhenCleaned() throws NotMeasurableException {
        long last = Long.MAX_VALUE;
        for (int count = 1; ; count++) {
            Census now = countIfCleaned(last, count == MOST_COUNTS);
            if (now != null) {
                cleaners = counted;
                return now;
            }
            last = counted;
        }
    }

    /** Returns a census unless there were fewer cleaners than the last time, and more than ever; in here, for one in use would be in the next. */
    private @Nullable Census countIfCleaned(long last, boolean whatever) throws NotMeasurableException {
        Census now = liveSet.mayHaveGaps() ? liveSet.countCompact() : liveSet.count();
        counted = cleanables.count(now);
        return whatever || counted <= cleaners || counted >= last ? now : null;
    }

    /** Counts after the test, and names the classes that grew. */
    Screening finish() throws NotMeasurableException {
        if (!levelKnown) {
            throw new IllegalStateException("no test was started");
        }
        Census before = level;
        unclosed = false;
        Census stillLevel = levelIfNothingIsReachable(before);
        if (stillLevel != null) {
            return passed(stillLevel);
        }
        Counted counted = counted(before);
        if (counted == null) {
            counted = countedWithoutGaps(before);
        }
        Census now = counted.census();
        if (!counted.suspects().isEmpty()) {
            suspected = now;
            suspecting = true;
            return screening(now, counted.suspects());
        }
        leftReachable.learnNoted(kind);
        learnTransients(now);
        return passed(now);
    }

    /** Counts, and names what grew; null where that may be gaps alone. Then nothing in use is left of this count: it would be in the next. */
    private @Nullable Counted counted(Census before) throws NotMeasurableException {
        Census now = liveSet.count();
        noteCleaners(now);
        Suspects suspects = gaps.judge(grown(before, left, now), before, now);
        if (gaps.areAllOf(suspects)) {
            gaps.suspected(before, now);
            return null;
        }
        return new Counted(now, suspects);
    }

    private Counted countedWithoutGaps(Census before) throws NotMeasurableException {
        Census now = liveSet.countCompact();
        Suspects suspects = gaps.judge(grown(before, left, now), before, now);
        if (suspects.isEmpty()) {
            gaps.cleared();
        }
        return new Counted(now, suspects);
    }

    /** Where a count comes before a collection, that is the one that tells: the collection lets them do their work. */
    private void noteCleaners(Census now) {
        long count = cleanables.count(now);
        unclosed |= count > cleaners;
        cleaners = Math.min(cleaners, count);
    }

    /** Returns what the next test is compared with, if what can be counted without a collection shows that nothing grew. */
    private @Nullable Census levelIfNothingIsReachable(Census before) throws NotMeasurableException {
        // Known in here only: a census that is still in use would be counted by the next one.
        Census reachable = liveSet.countReachable();
        if (reachable == null) {
            return null;
        }
        noteCleaners(reachable);
        if (!unclosed && grown(before, leftReachable, reachable).isEmpty()) {
            return before.plus(left.of(kind, before, reachable)).least(reachable);
        }
        leftReachable.note(reachable.minus(before));
        return null;
    }

    private Screening passed(Census now) {
        level = now.minus(own.asCensus());
        gaps.passed(now);
        return screening(now, Suspects.NONE);
    }

    private Screening screening(Census now, Suspects suspects) {
        boolean whole = !startedAnew || group.equals(knownGroup) && transientsKnown;
        return new Screening(now, suspects, unclosed, cleaners, whole);
    }

    /**
     * A test that passed was repeated all the same, and nothing grew.
     *
     * @param last the census after it
     */
    void repeated(Census last) {
        knownGroup = group;
        if (levelKnown) {
            level = level.least(last.minus(own.asCensus()));
        }
    }

    /**
     * Learns what a clean test leaves.
     *
     * @param screening what was found after it
     * @param last the last census of its repetitions
     */
    void acquitted(Screening screening, Census last) {
        knownGroup = group;
        if (levelKnown) {
            left.learn(kind, screening.census().minus(level));
            learnTransients(screening.census());
            gaps.forget();
        }
        suspected = screening.census().least(last);
        suspecting = true;
    }

    /** Forgets the level, so that the next test is compared with a census of its own. */
    void forget() {
        levelKnown = false;
        suspecting = false;
        gaps.forget();
    }

    private void learnTransients(Census after) {
        if (startedAnew && levelKnown) {
            transients.learn(kind, level.plus(transients.of(kind)), after);
        }
    }

    private Suspects grown(Census before, Allowances allowances, Census now) {
        return Suspects.grownBetween(before.plus(allowances.of(kind, before, now)), now, classes);
    }

    private record Counted(Census census, Suspects suspects) {}

    /**
     * A census taken after a test, and what grew.
     *
     * @param unclosed whether more cleaners were waiting than before, for objects that may be gone
     * @param cleaners how many there were before
     * @param isWhole whether all that the test runs is known: the first test of a class is counted when its instance is there already, with what the
     *     constructor made, and after what came before all tests of the class; and what its runner lets go meanwhile is known from others
     */
    record Screening(Census census, Suspects suspects, boolean unclosed, long cleaners, boolean isWhole) {}
}
