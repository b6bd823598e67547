package io.heapspec.bench;

import io.heapspec.bench.BoundedJvm.Ending;
import io.heapspec.bench.BoundedJvm.Figures;
import io.heapspec.bench.BoundedJvm.TooMuch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times contenders side by side, the first of which is what the others are compared with. */
final class PeerTable {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** The figures that a JVM prints; ours print only the first three. */
    private static final int CPU = 0;

    private static final int WALL = 1;
    private static final int LATER = 2;
    private static final int FOUND = 3;
    private static final int RETAINED = 5;

    private final List<Contender> contenders;
    private final Effort effort;
    private final StringBuilder text = new StringBuilder();

    /**
     * How much is spent.
     *
     * @param heapMebibytes the heap that each gets
     * @param jvms how many JVMs each is measured in
     * @param ownRounds the rounds in a JVM of what is ours
     * @param peerRounds the rounds in a JVM of what takes seconds
     * @param peerHeaps whether to look for the least heap of what is not ours, which takes longer than all else
     */
    record Effort(int heapMebibytes, int jvms, int ownRounds, int peerRounds, boolean peerHeaps) {
        Effort quick() {
            return new Effort(heapMebibytes, 1, ownRounds, 1, false);
        }
    }

    private PeerTable(List<Contender> contenders, Effort effort) {
        this.contenders = contenders;
        this.effort = effort;
    }

    /** Measures, and returns the table. */
    static String measure(List<Contender> contenders, Effort effort) throws Exception {
        return new PeerTable(contenders, effort).table();
    }

    private String table() throws Exception {
        add(
                "| library | first time in a JVM: wall s | CPU s | ratio | later rounds: CPU s | ratio | least heap MiB |%n");
        add("| --- | --: | --: | --: | --: | --: | --: |%n");
        List<Ending> endings = inTurn();
        double[] base = ((Figures) endings.get(0)).values();
        for (int i = 0; i < endings.size(); i++) {
            add("| %s | %s |%n", contenders.get(i).title(), row(contenders.get(i), endings.get(i), base));
        }
        retained(endings);
        return text.toString();
    }

    private String row(Contender contender, Ending ending, double[] base) throws Exception {
        if (ending instanceof TooMuch much) {
            return much.bound() + " | | | | | ";
        }
        double[] own = ((Figures) ending).values();
        String first = format("%.2f | %.2f | %.2f", own[WALL], own[CPU], own[CPU] / base[CPU]);
        String later = rounds(contender) == 1 ? " | " : format("%.3f | **%.2f**", own[LATER], own[LATER] / base[LATER]);
        boolean heap = contender.own() || effort.peerHeaps;
        return first + " | " + later + " | " + (heap ? leastHeap(contender, own[CPU]) : "");
    }

    private void retained(List<Ending> endings) {
        List<String> sums = new ArrayList<>();
        for (int i = 0; i < endings.size(); i++) {
            if (endings.get(i) instanceof Figures figures
                    && figures.values().length > RETAINED
                    && figures.values()[RETAINED] > 0) {
                sums.add(format(
                        "%,.0f B (%s)",
                        figures.values()[RETAINED], contenders.get(i).title()));
            }
        }
        if (!sums.isEmpty()) {
            add("%nThe ten retain together, as each counts: %s.%n", String.join(", ", sums));
        }
    }

    /** Measures every contender in turn, several times, so that a busy spell of the machine hits all alike. */
    private List<Ending> inTurn() throws Exception {
        List<List<Ending>> all = new ArrayList<>();
        contenders.forEach(contender -> all.add(new ArrayList<>()));
        for (int jvm = 0; jvm < effort.jvms; jvm++) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).stream().noneMatch(TooMuch.class::isInstance)) {
                    all.get(i).add(run(contenders.get(i), effort.heapMebibytes, rounds(contenders.get(i)), LIMIT));
                }
            }
        }
        return all.stream().map(PeerTable::median).toList();
    }

    private int rounds(Contender contender) {
        return contender.own() ? effort.ownRounds : effort.peerRounds;
    }

    /** Of each figure by itself; or that it was too much, be it once. */
    private static Ending median(List<Ending> endings) {
        if (endings.get(endings.size() - 1) instanceof TooMuch much) {
            return much;
        }
        double[] medians = new double[((Figures) endings.get(0)).values().length];
        for (int figure = 0; figure < medians.length; figure++) {
            int f = figure;
            double[] sorted = endings.stream()
                    .mapToDouble(ending -> ((Figures) ending).values()[f])
                    .sorted()
                    .toArray();
            medians[figure] = sorted[sorted.length / 2];
        }
        return new Figures(medians);
    }

    /** The least with which it takes no more than three times what it takes with plenty; with less, a JVM only collects. */
    private int leastHeap(Contender contender, double cpu) throws Exception {
        Duration limit = Duration.ofMillis((long) (cpu * 3000));
        double precision = contender.own() ? 1.03 : 1.15;
        int tooSmall = 4;
        int least = effort.heapMebibytes;
        while (least - tooSmall > 1 && least > tooSmall * precision) {
            int tried = Math.max(tooSmall + 1, (int) Math.sqrt((double) least * tooSmall));
            if (run(contender, tried, 1, limit) instanceof Figures) {
                least = tried;
            } else {
                tooSmall = tried;
            }
        }
        return least;
    }

    private Ending run(Contender contender, int heapMebibytes, int rounds, Duration limit)
            throws IOException, InterruptedException {
        Ending ending =
                new BoundedJvm(heapMebibytes, limit).run(contender.command().apply(rounds));
        System.err.println(contender.title() + ", " + heapMebibytes + " MiB: " + ending);
        if (ending instanceof Figures figures && !contender.own() && figures.values()[FOUND] != PeerBenchmark.LEAKED) {
            throw new IllegalStateException(contender.title() + " found " + figures.values()[FOUND]);
        }
        return ending;
    }

    private void add(String format, Object... arguments) {
        text.append(format(format, arguments));
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
