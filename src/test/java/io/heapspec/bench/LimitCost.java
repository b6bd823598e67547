package io.heapspec.bench;

import com.google.gson.JsonObject;
import io.heapspec.MaxAllocations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import net.bytebuddy.description.annotation.AnnotationDescription;

/** Measures, in this JVM, what a test pays for a limit on its allocations that it keeps, in units of a collection. Both in turn. */
final class LimitCost {

    private static final int TESTS = 100;
    private static final int ROUNDS = 2;
    private static final int COLLECTIONS = 20;
    private static final AnnotationDescription LIMIT = AnnotationDescription.Builder.ofType(MaxAllocations.class)
            .define("objects", 1_000_000L)
            .build();

    private final double[] collections = new double[ROUNDS * COLLECTIONS];
    private final double[] plain = new double[ROUNDS * TESTS];
    private final double[] limited = new double[ROUNDS * TESTS];
    private final Suite plainSuite = new Suite(CleanTest.withTests(TESTS), TESTS);
    private final Suite limitedSuite = new Suite(CleanTest.withTests(TESTS, LIMIT), TESTS);

    /** Takes the file that a row of the table is written to. */
    public static void main(String[] args) throws Exception {
        Ballast.load();
        Files.writeString(Path.of(args[0]), new LimitCost().measure());
    }

    private String measure() throws Exception {
        double first = limitedSuite.run()[0];
        plainSuite.run();
        long kept = 0;
        long certified = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < COLLECTIONS; i++) {
                collections[round * COLLECTIONS + i] = Timings.collection();
            }
            System.arraycopy(plainSuite.run(), 0, plain, round * TESTS, TESTS);
            System.arraycopy(limitedSuite.run(), 0, limited, round * TESTS, TESTS);
            for (JsonObject result : limitedSuite.results()) {
                kept += result.get("reason").getAsString().equals("within_limit") ? 1 : 0;
                certified += result.get("certification").getAsString().equals("certified") ? 1 : 0;
            }
        }
        double collection = Timings.median(collections);
        double added = Timings.median(limited) - Timings.median(plain);
        return String.format(
                Locale.ROOT,
                "%.1f | %.1f | **%.2f** | %.1f | %d of %d | %.1f %% | %.0f",
                collection,
                added,
                added / collection,
                Timings.mean(limited) - Timings.mean(plain),
                kept,
                ROUNDS * TESTS,
                100.0 * certified / (ROUNDS * TESTS),
                first);
    }
}
