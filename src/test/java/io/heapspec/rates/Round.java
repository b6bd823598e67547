package io.heapspec.rates;

import io.heapspec.internal.protocol.LeakPlan;
import io.heapspec.internal.protocol.LeakProtocol;
import io.heapspec.internal.protocol.RepeatableTest;
import io.heapspec.internal.protocol.RepetitionFailedException;
import io.heapspec.internal.protocol.TestOrigin;
import io.heapspec.rates.Judged.Way;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakJudgement;
import io.heapspec.result.LeakKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Judges all trials in this JVM, in random order, through the protocol and no test framework.
 *
 * <p>Run it by itself to look into a wrong verdict: with the logger {@code io.heapspec} at {@code FINE}, the protocol tells what it
 * suspected after each step.
 */
public final class Round {

    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final LeakProtocol protocol = new LeakProtocol();
    private final Path dumps;

    private Round(Path dumps) {
        this.dumps = dumps;
    }

    /** Takes the seed, and the file that results are appended to; further arguments name the only bodies to judge. */
    public static void main(String[] args) throws Exception {
        long seed = Long.parseLong(args[0]);
        Path results = Path.of(args[1]);
        List<String> only = List.of(args).subList(2, args.length);
        Random random = new Random(seed);
        Round round = new Round(Files.createTempDirectory("rates"));
        try (FileChannel out = FileChannel.open(results, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (Trial trial : Trial.round(seed)) {
                if (only.isEmpty() || only.contains(trial.body().name())) {
                    // Some follow each other as tests of one class, and share a census; others stand alone.
                    append(out, round.judge(trial, random.nextBoolean()));
                }
            }
        } finally {
            Files.delete(round.dumps);
        }
    }

    private static void append(FileChannel out, Judged judged) throws IOException {
        out.write(StandardCharsets.UTF_8.encode(judged.line() + "\n"));
    }

    private Judged judge(Trial trial, boolean consecutive) throws Exception {
        RepeatableTest again = RepeatableTest.of(() -> repeat(trial));
        long start = System.nanoTime();
        protocol.start(new TestOrigin("bodies", "body", consecutive));
        trial.body().action().run();
        LeakJudgement judgement = protocol.judge(plan(trial), again);
        double millis = (System.nanoTime() - start) / 1e6;
        trial.body().end().run();
        return Judged.of(Way.PROTOCOL, trial, judgement.reason(), millis, evidence(judgement));
    }

    private static void repeat(Trial trial) throws RepetitionFailedException {
        try {
            trial.body().action().run();
        } catch (Exception failed) {
            throw RepetitionFailedException.causedBy(failed);
        }
    }

    private LeakPlan plan(Trial trial) {
        return new LeakPlan(EnumSet.allOf(LeakKind.class), List.of(), 0, trial.everyNthRun(), BUDGET, DEADLINE, dumps);
    }

    private static String evidence(LeakJudgement judgement) {
        return judgement.detail() + judgement.leaks().stream().map(Round::chain).collect(Collectors.joining());
    }

    private static String chain(Leak leak) {
        return "; " + leak.chain().root().text() + ", " + leak.chain().accumulationPoint() + ", "
                + leak.chain().leakedClass() + " " + leak.objectsPerRun() + " per run";
    }
}
