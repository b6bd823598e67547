package io.heapspec.internal.protocol;

import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.protocol.UnclosedCheck.Openings;
import io.heapspec.result.Block;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import io.heapspec.result.SuppressedLeak;
import io.heapspec.result.UnclosedResource;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Looks for resources that each run leaves open though nothing holds them: the heap forgets them with the next collection, and only then are they
 * closed, if ever.
 */
final class UnclosedSearch {

    private static final System.Logger LOGGER = System.getLogger(UnclosedSearch.class.getName());

    private final HeapDumper dumper;
    private final LiveSet liveSet;
    private final Cleanables cleanables;
    private final Origins origins;

    UnclosedSearch(HeapDumper dumper, LiveSet liveSet, Cleanables cleanables, Origins origins) {
        this.dumper = dumper;
        this.liveSet = liveSet;
        this.cleanables = cleanables;
        this.origins = origins;
    }

    /** Tells whether a leak is of what would be found: there are more open ones as long as it is not mended. */
    static boolean explains(Leak leak) {
        return leak.kind() == LeakKind.FILES || leak.kind() == LeakKind.NATIVE_MEMORY;
    }

    /**
     * Repeats the test, and names what it leaves open.
     *
     * @param before what was open before the test ran for the first time
     * @param linger gives threads that hold descriptors the time to end
     * @param heapGrows whether the heap shows growth, which may be what holds descriptors that stay open
     */
    Unclosed search(
            LeakPlan plan, RepeatableTest test, Repeater repeater, OpenLevel before, Linger linger, boolean heapGrows)
            throws NotMeasurableException {
        Sensitivity sensitivity = new Sensitivity(plan.everyNthRun());
        Openings openings = new UnclosedCheck(repeater, liveSet, cleanables, sensitivity, linger, before).run();
        LOGGER.log(Level.DEBUG, () -> "left open in every block: " + openings);
        if (openings == null) {
            return Unclosed.NOTHING;
        }
        UnclosedExplanation explanation = new UnclosedExplanation(plan, dumper, liveSet, sensitivity, origins);
        Fates<UnclosedResource> fates = Fates.ofUnclosed(explanation.explain(openings, repeater, heapGrows), plan);
        List<UnclosedResource> counting = explanation.withLines(fates.counting(), test, repeater);
        return new Unclosed(counting, fates.suppressed(), openings.blocks());
    }

    /**
     * What is left open.
     *
     * @param resources what breaks the promise, by class
     * @param suppressed what does not
     * @param blocks the blocks that confirmed it
     */
    record Unclosed(List<UnclosedResource> resources, List<SuppressedLeak> suppressed, List<Block> blocks) {

        static final Unclosed NOTHING = new Unclosed(List.of(), List.of(), List.of());
    }
}
