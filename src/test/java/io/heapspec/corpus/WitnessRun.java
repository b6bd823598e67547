package io.heapspec.corpus;

import io.heapspec.corpus.Corpus.Case;
import io.heapspec.corpus.CorpusRound.Judged;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Asks about tests of the corpus in this JVM, and prints a line for each: name, whether it leaks, who says so, and what asking cost. Arguments: who ({@code lone} for
 * each witness by itself, {@code all} for HeapSpec, {@code unscreened} for HeapSpec that repeats every test), a seed, and a regular expression for
 * names.
 */
public final class WitnessRun {

    private static final int WARM_UPS = 3;

    private WitnessRun() {}

    public static void main(String[] arguments) throws Exception {
        long seed = Long.parseLong(arguments[1]);
        Pattern names = Pattern.compile(arguments[2]);
        List<Case> cases = new ArrayList<>(Corpus.cases().stream()
                .filter(each -> names.matcher(each.name()).find())
                .toList());
        Collections.shuffle(cases, new Random(seed));
        // Some cases print by themselves.
        PrintStream out = System.out;
        System.setOut(System.err);
        switch (arguments[0]) {
            case "lone" -> ask(cases, out);
            case "all" -> judge(cases, new CorpusRound(seed), "all", out);
            case "unscreened" -> judge(cases, new CorpusRound(seed, false), "unscreened", out);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        out.flush();
        // Halts, since some cases leave threads and shutdown hooks on purpose.
        Runtime.getRuntime().halt(0);
    }

    private static void judge(List<Case> cases, CorpusRound round, String who, PrintStream out) throws IOException {
        for (Judged judged : round.run(cases)) {
            String said = switch (judged.outcome()) {
                case INCONCLUSIVE -> "inconclusive";
                case MISSED -> "clean";
                case RIGHT -> judged.test().leaks() ? "leaks" : "clean";
                case ACCUSED, WRONG_CHAIN -> "leaks";
            };
            print(out, judged.test(), who, said, judged.millis());
        }
    }

    private static void ask(List<Case> cases, PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory("witness");
        LoneWitness.Heap heap = new LoneWitness.Heap();
        LoneWitness.Trace trace = new LoneWitness.Trace(folder);
        LoneWitness.Counters counters = new LoneWitness.Counters();
        for (Case test : cases) {
            CaseRuns runs = new CaseRuns(test);
            runs.run(WARM_UPS);
            ask(out, test, "heap", heap, runs);
            ask(out, test, "counters", counters, runs);
            ask(out, test, "trace", trace, runs);
        }
    }

    private static void ask(PrintStream out, Case test, String name, LoneWitness witness, CaseRuns runs)
            throws Exception {
        long start = System.nanoTime();
        boolean leaks = witness.accuses(runs);
        print(out, test, name, leaks ? "leaks" : "clean", (System.nanoTime() - start) / 1e6);
    }

    private static void print(PrintStream out, Case test, String who, String said, double millis) {
        out.printf(
                Locale.ROOT,
                "%s\t%s\t%s\t%s\t%.1f%n",
                test.name(),
                test.leaks() ? "leaks" : "clean",
                who,
                said,
                millis);
        out.flush();
    }
}
