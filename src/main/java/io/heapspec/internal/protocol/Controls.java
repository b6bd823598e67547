package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.result.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two controls, run once in each JVM before anything is judged: a planted leak of one small object per run must be caught, and an empty
 * body must be acquitted. A JVM that fails one of them cannot be trusted with any verdict.
 */
final class Controls {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Sensitivity EVERY_RUN = new Sensitivity(1);

    private final LiveSet liveSet;
    private final ClassTable classes;

    Controls(LiveSet liveSet, ClassTable classes) {
        this.liveSet = liveSet;
        this.classes = classes;
    }

    /**
     * Runs both controls.
     *
     * @throws NotMeasurableException if one of them fails, or nothing can be measured here
     */
    void check() throws NotMeasurableException {
        // The first census of a JVM loads what counting needs.
        liveSet.count();
        liveSet.countReachable();
        List<Planted> planted = new ArrayList<>(64);
        if (!suspects(() -> planted.add(new Planted())).contains(Planted.class.getName())) {
            throw failed("a planted leak of one object per run was missed");
        }
        Set<String> accused = suspects(() -> {});
        if (!accused.isEmpty()) {
            throw failed("an empty body was accused of leaking " + String.join(", ", accused));
        }
    }

    /** Names the classes that a body is suspected of after the short blocks. */
    private Set<String> suspects(Repetition body) throws NotMeasurableException {
        Set<String> names = new TreeSet<>();
        try (Repeater repeater = new Repeater(body, LIMIT, LIMIT)) {
            repeater.run(1);
            Census before = liveSet.count();
            Blocks blocks = new Blocks(repeater, liveSet, before, new OpenWatch(new Cleanables(classes)));
            Suspects suspects = new Suspects(Suspects.everything(classes).piling(), new int[0]);
            for (int id : new Confirmation(
                            blocks,
                            new Filling(repeater, RepeatableTest.of(body), liveSet),
                            classes,
                            EVERY_RUN,
                            suspects,
                            id -> false)
                    .shortBlocks()
                    .piling()) {
                names.add(classes.nameOf(id));
            }
        }
        return names;
    }

    private static NotMeasurableException failed(String what) {
        return new NotMeasurableException(Reason.CONTROL_FAILED, "this JVM failed a control: " + what, null);
    }

    private static final class Planted {}
}
