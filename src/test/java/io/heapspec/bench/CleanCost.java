package io.heapspec.bench;

import com.google.gson.JsonObject;
import io.heapspec.NoLeak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.bytebuddy.description.annotation.AnnotationDescription;

/**
 * Measures, in this JVM, what a clean test costs and what a collection costs. Both in turn, so that a machine that is busy for a while is
 * busy for both.
 */
final class CleanCost {

    private static final int TESTS = 200;
    private static final int ROUNDS = 2;
    private static final int COLLECTIONS = 20;

    private static final AnnotationDescription NO_LEAK =
            AnnotationDescription.Builder.ofType(NoLeak.class).build();

    private final double[] collections = new double[ROUNDS * COLLECTIONS];
    private final double[] plain = new double[ROUNDS * TESTS];
    private final double[] annotated = new double[ROUNDS * TESTS];
    private final double[] screen = new double[ROUNDS * TESTS];
    private final Suite plainSuite = new Suite(CleanTest.withTests(TESTS), TESTS);
    private final Suite annotatedSuite = new Suite(CleanTest.withTests(TESTS, NO_LEAK), TESTS);

    /** Takes the file that a row of the table is written to. */
    public static void main(String[] args) throws Exception {
        Ballast.load();
        Files.writeString(Path.of(args[0]), new CleanCost().measure());
    }

    private String measure() throws Exception {
        double first = annotatedSuite.run()[0];
        plainSuite.run();
        long screened = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < COLLECTIONS; i++) {
                collections[round * COLLECTIONS + i] = Timings.collection();
            }
            System.arraycopy(plainSuite.run(), 0, plain, round * TESTS, TESTS);
            System.arraycopy(annotatedSuite.run(), 0, annotated, round * TESTS, TESTS);
            List<JsonObject> results = annotatedSuite.results();
            for (int i = 0; i < TESTS; i++) {
                screen[round * TESTS + i] = results.get(i).get("screenMillis").getAsDouble();
                screened += results.get(i).get("reason").getAsString().equals("no_growth") ? 1 : 0;
            }
        }
        double collection = Timings.median(collections);
        double added = Timings.median(annotated) - Timings.median(plain);
        double mean = Timings.mean(annotated) - Timings.mean(plain);
        return String.format(
                Locale.ROOT,
                "%.1f | %.1f | **%.2f** | %.1f | %.2f | %.1f | %.1f %% | %.0f",
                collection,
                added,
                added / collection,
                mean,
                mean / Timings.mean(collections),
                Timings.median(screen),
                100.0 * screened / (ROUNDS * TESTS),
                first);
    }
}
