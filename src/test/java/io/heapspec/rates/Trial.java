package io.heapspec.rates;

import io.heapspec.rates.Body.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * One body, judged with one sensitivity.
 *
 * @param everyNthRun what the plan, or the annotation, says
 */
record Trial(Body body, int everyNthRun) {

    /** The sensitivity that a part of the clean bodies is judged with a second time. */
    private static final int RARE = 20;

    private static final int CLEAN_JUDGED_TWICE = 10;

    /**
     * Returns all trials of a round in random order: each body with the default sensitivity, each rare leak also with its own, and some
     * of the clean bodies also with that of a rare leak, where more blocks are run and less growth is enough.
     */
    static List<Trial> round(long seed) {
        Random random = new Random(seed);
        List<Body> bodies = Stream.of(CleanBodies.all(), FillingBodies.all(), LeakingBodies.all())
                .flatMap(List::stream)
                .toList();
        List<Trial> trials = new ArrayList<>();
        for (Body body : bodies) {
            trials.add(new Trial(body, 1));
            if (body.rarity() > 1) {
                trials.add(new Trial(body, body.rarity()));
            }
        }
        List<Body> again = new ArrayList<>(CleanBodies.all());
        Collections.shuffle(again, random);
        again.stream().limit(CLEAN_JUDGED_TWICE).forEach(body -> trials.add(new Trial(body, RARE)));
        Collections.shuffle(trials, random);
        return List.copyOf(trials);
    }

    /** Tells whether a leak is as frequent as the sensitivity asks for. */
    boolean isInsideSensitivity() {
        return body.kind() == Kind.LEAKING && body.rarity() <= everyNthRun;
    }

    @Override
    public String toString() {
        return body.name() + (everyNthRun == 1 ? "" : ", everyNthRun = " + everyNthRun);
    }
}
