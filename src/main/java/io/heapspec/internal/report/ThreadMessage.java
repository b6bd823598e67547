package io.heapspec.internal.report;

import io.heapspec.internal.advice.Advice;
import io.heapspec.internal.advice.ThreadAdvice;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.ThreadJudgement;
import io.heapspec.result.UncaughtException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of a broken or undecided {@code @NoThreadLeak}: which threads are left, what they do, what others died of. */
public final class ThreadMessage implements FailureText {

    private static final int MOST = 5;
    private static final int MOST_FRAMES = 5;
    private static final int MOST_NAMES = 50;

    private final TestName test;
    private final ThreadJudgement judgement;

    public ThreadMessage(TestName test, ThreadJudgement judgement) {
        this.test = test;
        this.judgement = judgement;
    }

    @Override
    public String headline() {
        String name = "@NoThreadLeak: " + test.shortName();
        return switch (judgement.reason()) {
            case THREAD_LEAK ->
                name + " leaves " + counted(judgement.threads().size(), "thread") + ". HeapSpec " + judgement.detail()
                        + ".";
            case UNCAUGHT_EXCEPTION -> name + ": " + died(judgement.uncaught().size()) + ".";
            case ENDED_BY_COLLECTION -> name + ": " + judgement.detail() + ".";
            default -> name + " could not be judged: " + judgement.detail() + ".";
        };
    }

    @Override
    public String text() {
        List<LeakedThread> threads = judgement.threads();
        List<UncaughtException> uncaught = judgement.uncaught();
        StringBuilder text = new StringBuilder(headline());
        threads.stream().limit(MOST).forEach(thread -> {
            text.append("\n  ").append(ThreadText.line(thread));
            frames(text, ThreadText.frames(thread));
        });
        more(text, threads.size(), "thread");
        if (!threads.isEmpty() && !uncaught.isEmpty()) {
            text.append("\nAlso ").append(died(uncaught.size())).append('.');
        }
        uncaught.stream().limit(MOST).forEach(each -> {
            text.append("\n  \"").append(each.thread()).append("\" by ").append(each.exception());
            frames(text, each.stack().stream().limit(MOST_FRAMES).toList());
        });
        more(text, uncaught.size(), "exception");
        return advice().reduce(text, (all, line) -> all.append('\n').append(line), StringBuilder::append)
                .toString();
    }

    @Override
    public String expected() {
        return "threads left: none\nuncaught exceptions: none";
    }

    @Override
    public String actual() {
        return "threads left: "
                + listed(judgement.threads().stream()
                        .map(thread -> '"' + thread.name() + "\" " + thread.state())
                        .toList())
                + "\nuncaught exceptions: "
                + listed(judgement.uncaught().stream()
                        .map(UncaughtException::exception)
                        .toList());
    }

    private Stream<String> advice() {
        Stream<String> ofThreads =
                judgement.threads().stream().map(ThreadAdvice::on).distinct().limit(3);
        String ofExceptions =
                "Handle the exception on its thread, or hand it to the test, as a Future does; failOnUncaught = false lets it pass.";
        return switch (judgement.reason()) {
            case THREAD_LEAK ->
                Stream.concat(ofThreads, judgement.uncaught().isEmpty() ? Stream.of() : Stream.of(ofExceptions));
            case UNCAUGHT_EXCEPTION -> Stream.of(ofExceptions);
            default -> Stream.of(Advice.inconclusive(judgement.reason()));
        };
    }

    private static void frames(StringBuilder text, List<String> frames) {
        frames.forEach(frame -> text.append("\n    at ").append(frame));
    }

    private static void more(StringBuilder text, int all, String noun) {
        if (all > MOST) {
            text.append("\n  ... and ")
                    .append(counted(all - MOST, "more " + noun))
                    .append(" in the results file");
        }
    }

    private static String died(int threads) {
        return threads == 1
                ? "1 thread died of an exception that nobody caught"
                : AllocationMessage.number(threads) + " threads died of exceptions that nobody caught";
    }

    private static String listed(List<String> all) {
        return all.isEmpty() ? "none" : all.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    }

    private static String counted(int number, String noun) {
        return AllocationMessage.number(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
