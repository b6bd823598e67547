package io.heapspec.corpus;

import io.heapspec.corpus.Corpus.Case;
import io.heapspec.corpus.CorpusRound.Judged;
import io.heapspec.corpus.CorpusRound.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Runs the corpus in this JVM and prints how often HeapSpec was right. Arguments: number of rounds (1), seed of the first (1), a regular
 * expression for the names of the cases (all). Ends with the status 1 if any verdict was wrong.
 */
final class CorpusRun {

    private CorpusRun() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        Pattern names = Pattern.compile(arguments.length > 2 ? arguments[2] : "");
        List<Case> cases = Corpus.cases().stream()
                .filter(each -> names.matcher(each.name()).find())
                .toList();
        List<Judged> judged = new ArrayList<>();
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            judged.addAll(new CorpusRound(seed + round).run(cases));
        }
        System.out.print(report(judged, rounds, seed, (System.nanoTime() - start) / 1e9));
        System.out.flush();
        // Halts, since some cases leave threads and shutdown hooks on purpose.
        Runtime.getRuntime().halt(judged.stream().allMatch(each -> each.outcome() == Outcome.RIGHT) ? 0 : 1);
    }

    private static String report(List<Judged> judged, int rounds, long seed, double seconds) {
        StringBuilder text = new StringBuilder();
        for (Judged each : judged) {
            if (each.outcome() != Outcome.RIGHT || each.extras() > 0) {
                String label = each.outcome() != Outcome.RIGHT ? each.outcome().name() : "EXTRA";
                text.append(
                        String.format("%-12s %s%n    %s%n", label, each.test().name(), each.text()));
            }
        }
        List<Judged> leaking =
                judged.stream().filter(each -> each.test().leaks()).toList();
        List<Judged> clean =
                judged.stream().filter(each -> !each.test().leaks()).toList();
        text.append(String.format(
                Locale.ROOT,
                "JDK %s %s, %d rounds from seed %d, %.0f s%n",
                Runtime.version().feature(),
                collector(),
                rounds,
                seed,
                seconds));
        text.append(String.format(
                Locale.ROOT,
                "leaking %d: missed %d, wrong chain %d, inconclusive %d, extra chains in %d, median %.0f ms%n",
                leaking.size(),
                count(leaking, Outcome.MISSED),
                count(leaking, Outcome.WRONG_CHAIN),
                count(leaking, Outcome.INCONCLUSIVE),
                leaking.stream().filter(each -> each.extras() > 0).count(),
                median(leaking)));
        text.append(String.format(
                Locale.ROOT,
                "clean %d: accused %d, inconclusive %d, median %.0f ms%n",
                clean.size(),
                count(clean, Outcome.ACCUSED),
                count(clean, Outcome.INCONCLUSIVE),
                median(clean)));
        return text.toString();
    }

    private static String collector() {
        return java.lang.management.ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(java.lang.management.GarbageCollectorMXBean::getName)
                .toList()
                .toString();
    }

    private static long count(List<Judged> judged, Outcome outcome) {
        return judged.stream().filter(each -> each.outcome() == outcome).count();
    }

    private static double median(List<Judged> judged) {
        double[] millis = judged.stream().mapToDouble(Judged::millis).sorted().toArray();
        return millis.length == 0 ? 0 : millis[millis.length / 2];
    }
}
