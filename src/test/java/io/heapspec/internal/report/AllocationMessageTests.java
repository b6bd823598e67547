package io.heapspec.internal.report;

import static io.heapspec.internal.report.Golden.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.AllocationJudgement;
import io.heapspec.result.AllocationLimit;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.AllocationScope;
import io.heapspec.result.AllocationSite;
import io.heapspec.result.AllocationTrace;
import io.heapspec.result.Certification;
import io.heapspec.result.Certification.Certified;
import io.heapspec.result.Certification.NotSeen;
import io.heapspec.result.ClassAllocations;
import io.heapspec.result.CountRange;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.LimitOutcome;
import io.heapspec.result.Reason;
import io.heapspec.result.RecordedAllocations;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationMessageTests {

    private static final TestName TEST = new TestName(
            "[engine:junit-jupiter]/[class:com.acme.CsvTests]/[method:joins()]", "com.acme.CsvTests", "joins", "", "");
    private static final String FILE = "src/test/resources/com/acme/CsvTests.allocations.txt";
    private static final List<ClassAllocations> CLASSES = List.of(
            new ClassAllocations("byte[]", 17, 680),
            new ClassAllocations("java.lang.StringBuilder", 9, 216),
            new ClassAllocations("java.lang.String", 8, 192));

    private static final StackTraceElement TEST_LINE =
            new StackTraceElement("com.acme.CsvTests", "joins", "CsvTests.java", 14);
    private static final List<StackTraceElement> STACK =
            List.of(new StackTraceElement("com.acme.Csv", "join", "Csv.java", 31), TEST_LINE);
    private static final AllocationTrace TRACE = new AllocationTrace(
            "main",
            List.of(
                    new AllocationSite("byte[]", 17, 680, "main", STACK),
                    new AllocationSite("java.lang.StringBuilder", 9, 216, "main", STACK),
                    new AllocationSite("java.lang.String", 1, 24, "main", List.of(TEST_LINE)),
                    new AllocationSite("java.lang.String", 2, 48, "main", List.of())),
            "5 of 34 objects have no line: the JVM itself made them, or code that it generates");

    @Test
    void namesTheClassesThatSpentTheLimit() {
        LimitOutcome broken = outcome(limit(10, "java.lang.Object"), CountRange.exactly(34), CountRange.exactly(1_088));

        assertThat(text(
                        Reason.LIMIT_EXCEEDED,
                        "certified: objects times sizes are the thread's bytes, in two runs alike",
                        broken))
                .isEqualTo(golden("allocations.txt"));
    }

    @Test
    void namesTheLinesThatSpentTheLimit() {
        LimitOutcome broken = new LimitOutcome(
                limit(10, "java.lang.Object"),
                CountRange.exactly(34),
                CountRange.exactly(1_088),
                CLASSES,
                TRACE.sites());

        assertThat(text(
                        Reason.LIMIT_EXCEEDED,
                        "certified: objects times sizes are the thread's bytes, in two runs alike",
                        broken))
                .isEqualTo(golden("allocations-lines.txt"));
    }

    @Test
    void namesEveryLimitThatIsBroken() {
        LimitOutcome kept = outcome(limit(100, "java.lang.Object"), CountRange.exactly(34), CountRange.exactly(1_088));
        LimitOutcome strings = outcome(limit(2, "java.lang.String"), CountRange.exactly(8), CountRange.exactly(192));
        LimitOutcome arrays = outcome(
                new AllocationLimit(AllocationLimit.NONE, 512, "byte[]", AllocationScope.ALL_THREADS),
                CountRange.exactly(17),
                CountRange.exactly(680));

        assertThat(text(
                        Reason.LIMIT_EXCEEDED,
                        "certified: objects times sizes are the thread's bytes",
                        kept,
                        strings,
                        arrays))
                .isEqualTo(golden("allocations-several-limits.txt"));
    }

    @Test
    void saysByHowMuchTheWitnessesDisagree() {
        LimitOutcome open = outcome(limit(10, "java.lang.Object"), new CountRange(8, 34), CountRange.exactly(1_088));

        assertThat(text(Reason.NOT_CERTIFIED, "not certified: the class histogram lacks 416 B", open))
                .isEqualTo(golden("allocations-not-certified.txt"));
    }

    @Test
    void comparesLimitsWithWhatWasFound() {
        AllocationMessage message = new AllocationMessage(
                TEST,
                judgement(
                        Reason.LIMIT_EXCEEDED,
                        "",
                        new Certified(),
                        outcome(limit(10, "java.lang.Object"), CountRange.exactly(34), CountRange.exactly(1_088))));

        assertThat(message.expected() + "\n----\n" + message.actual() + "\n").isEqualTo(golden("allocations-diff.txt"));
    }

    @Test
    void comparesWithABaseline() {
        LimitOutcome grown = baselineOutcome(recorded(true, 8));
        AllocationMessage message = new AllocationMessage(
                TEST,
                judgement(
                        Reason.LIMIT_EXCEEDED,
                        "certified: objects times sizes are the thread's bytes",
                        new Certified(),
                        grown));

        assertThat(message.text() + "\n----\n" + message.expected() + "\n----\n" + message.actual() + "\n")
                .isEqualTo(golden("allocations-baseline.txt"));
    }

    @Test
    void saysWhatABaselineIsGoodFor() {
        String certain = "certified: objects times sizes are the thread's bytes";
        List<String> texts = List.of(
                headline(
                        Reason.IMPROVED,
                        certain + "; heapspec.baseline=write records it",
                        baselineOutcome(recorded(true, 20))),
                headline(Reason.RECORDED, "recorded in " + FILE + "; " + certain, unlimitedOutcome()),
                text(Reason.BASELINE_TOO_HIGH, certain, baselineOutcome(recorded(true, 20))),
                text(Reason.OTHER_ENVIRONMENT, certain, baselineOutcome(recorded(false, 8))),
                text(Reason.NO_BASELINE, "its file " + FILE + " has none for it", unlimitedOutcome()),
                text(Reason.NOT_CERTIFIED, "not certified: the class histogram lacks 416 B", unlimitedOutcome()));

        assertThat(String.join("----\n", texts)).isEqualTo(golden("baselines.txt"));
    }

    private static LimitOutcome baselineOutcome(RecordedAllocations recorded) {
        AllocationLimit limit = limit(AllocationLimit.NONE, "java.lang.Object").recorded(recorded, false);
        return new LimitOutcome(limit, CountRange.exactly(34), CountRange.exactly(1_088), CLASSES, List.of());
    }

    private static LimitOutcome unlimitedOutcome() {
        return new LimitOutcome(
                limit(AllocationLimit.NONE, "java.lang.Object"),
                CountRange.exactly(34),
                CountRange.exactly(1_088),
                CLASSES,
                List.of());
    }

    private static RecordedAllocations recorded(boolean here, int builders) {
        return new RecordedAllocations(
                List.of(
                        new ClassAllocations("byte[]", 17, 680),
                        new ClassAllocations("java.lang.String", 8, 192),
                        new ClassAllocations("java.lang.StringBuilder", builders, 24L * builders)),
                "JDK 17, 4 B references, 12 B headers",
                here,
                FILE);
    }

    @Test
    void writesOneLineForMachines() {
        LimitOutcome open = outcome(limit(10, "java.lang.Object"), new CountRange(8, 34), CountRange.exactly(1_088));
        String line = AllocationJson.line(
                TEST,
                explained(judgement(Reason.NOT_CERTIFIED, "not certified", new NotSeen(416), open)),
                new JvmDescription("17.0.15", "OpenJDK 64-Bit Server VM", "G1", 1L << 30));

        assertThat(line + "\n").isEqualTo(golden("allocations.jsonl"));
    }

    private static AllocationLimit limit(long objects, String of) {
        return new AllocationLimit(objects, AllocationLimit.NONE, of, AllocationScope.TEST_THREAD);
    }

    private static LimitOutcome outcome(AllocationLimit limit, CountRange objects, CountRange bytes) {
        return new LimitOutcome(limit, objects, bytes);
    }

    private static AllocationJudgement judgement(
            Reason reason, String detail, Certification certification, LimitOutcome... outcomes) {
        return new AllocationJudgement(
                reason,
                detail,
                List.of(outcomes),
                new AllocationProfile(CLASSES, 1_088, certification),
                List.of(5_104L, 1_088L, 1_088L),
                2,
                92.3);
    }

    private static AllocationJudgement explained(AllocationJudgement judgement) {
        return new AllocationJudgement(
                judgement.reason(),
                judgement.detail(),
                judgement.outcomes(),
                judgement.profile().tracedBy(TRACE),
                judgement.observed(),
                judgement.reruns() + 2,
                judgement.millis());
    }

    private static String headline(Reason reason, String detail, LimitOutcome outcome) {
        return text(reason, detail, outcome).lines().findFirst().orElseThrow() + "\n";
    }

    private static String text(Reason reason, String detail, LimitOutcome... outcomes) {
        AllocationJudgement judgement = judgement(reason, detail, new Certified(), outcomes);
        boolean traced = !outcomes[0].sites().isEmpty();
        return new AllocationMessage(TEST, traced ? explained(judgement) : judgement).text() + "\n";
    }
}
