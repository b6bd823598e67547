package io.heapspec.internal.report;

import static io.heapspec.internal.report.Golden.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.advice.Diagnoses;
import io.heapspec.internal.advice.EarlierLeaks;
import io.heapspec.internal.advice.Scene;
import io.heapspec.result.Block;
import io.heapspec.result.GcRootDescription;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakJudgement;
import io.heapspec.result.LeakKind;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.Origin;
import io.heapspec.result.PathElement;
import io.heapspec.result.Reason;
import io.heapspec.result.RootKind;
import io.heapspec.result.Severity;
import io.heapspec.result.StepCosts;
import io.heapspec.result.ThreadOwner;
import io.heapspec.result.UnclosedResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the texts that users read to the letter: each file in {@code golden} is one of them. */
class LeakMessageTests {

    private static final TestName TEST = new TestName(
            "[engine:junit-jupiter]/[class:com.acme.CartTest]/[method:checkout()]",
            "com.acme.CartTest",
            "checkout",
            "",
            "");
    private static final String EVIDENCE = "1 run +1, 8 runs +8, 24 runs +24";

    private static final Leak LISTENERS = leak(
            LeakKind.OBJECTS,
            "com.acme.Session",
            new GcRootDescription(RootKind.STATIC_FIELD, "static field com.acme.Client.POOL"),
            false,
            new PathElement("java.util.ArrayList", "list[*]", true));

    @Test
    void namesAStaticListThatOnlyGrows() {
        assertThat(text(LISTENERS)).isEqualTo(golden("static-list.txt"));
    }

    @Test
    void namesAMapInAField() {
        assertThat(text(leak(
                        LeakKind.OBJECTS,
                        "byte[]",
                        new GcRootDescription(RootKind.STATIC_FIELD, "static field com.acme.Gallery.INSTANCE"),
                        false,
                        new PathElement("com.acme.Gallery", ".shown", false),
                        new PathElement("java.util.concurrent.ConcurrentHashMap", "map[key]", true))))
                .isEqualTo(golden("map-in-field.txt"));
    }

    @Test
    void namesABufferThatIsNeverEmptied() {
        Leak trail = new Leak(
                "0011223344556677",
                LeakKind.OBJECTS,
                Severity.LOW,
                new GcRootPath(
                        new GcRootDescription(RootKind.STATIC_FIELD, "static field com.acme.Audit.TRAIL"),
                        false,
                        List.of(new PathElement("java.lang.StringBuilder", ".value", true)),
                        "byte[]"),
                0,
                10_000,
                40_016,
                1,
                false);

        assertThat(text(trail)).isEqualTo(golden("longer-array.txt"));
    }

    @Test
    void namesThreadsThatNeverEnd() {
        assertThat(text(leak(
                        LeakKind.THREADS,
                        "java.lang.Thread",
                        new GcRootDescription(RootKind.THREAD, "thread \"order-mailer-*\""),
                        true)))
                .isEqualTo(golden("thread.txt"));
    }

    @Test
    void saysWhatAThreadDoesAndWhereItIsMade() {
        Leak leak = leak(
                LeakKind.THREADS,
                "java.lang.Thread",
                new GcRootDescription(RootKind.THREAD, "thread \"order-mailer-*\""),
                true);
        assertThat(text(leak.with(
                        List.of(MADE),
                        new LeakedThread(
                                31,
                                "order-mailer-17",
                                "TIMED_WAITING",
                                true,
                                false,
                                "main",
                                ThreadOwner.EXECUTOR,
                                false,
                                List.of(
                                        "java.lang.Object.wait(Native Method)",
                                        "java.util.concurrent.ThreadPoolExecutor.getTask(ThreadPoolExecutor.java:1062)",
                                        "com.acme.Mailer.run(Mailer.java:55)")))))
                .isEqualTo(golden("thread-details.txt"));
    }

    private static final Origin MADE = new Origin(
            "main",
            List.of(
                    new StackTraceElement("com.acme.Mailer", "open", "Mailer.java", 31),
                    new StackTraceElement("com.acme.CartTest", "checkout", "CartTest.java", 12),
                    new StackTraceElement("org.junit.platform.commons.Reflection", "call", "Reflection.java", 1)));

    private static final UnclosedResource STREAM = new UnclosedResource(
            LeakKind.FILES,
            Severity.LOW,
            "java.io.FileInputStream",
            1,
            true,
            Map.of("file", 1.0),
            List.of(MADE),
            "0123456789abcdef");

    @Test
    void namesAFileThatIsNotClosed() {
        assertThat(text(unclosed(STREAM))).isEqualTo(golden("unclosed-file.txt"));
    }

    @Test
    void namesMemoryThatIsNotFreed() {
        UnclosedResource inflater = new UnclosedResource(
                LeakKind.NATIVE_MEMORY,
                Severity.LOW,
                "java.util.zip.Inflater",
                2,
                true,
                Map.of(),
                List.of(MADE, new Origin("pool-1-thread-1", MADE.stack())),
                "0123456789abcdef");
        assertThat(text(unclosed(inflater, STREAM))).isEqualTo(golden("unclosed-memory.txt"));
    }

    @Test
    void namesDescriptorsThatNoObjectExplains() {
        UnclosedResource unknown = new UnclosedResource(
                LeakKind.FILES,
                Severity.LOW,
                "",
                3,
                false,
                Map.of("pipe", 2.0, "selector", 1.0),
                List.of(),
                "0123456789abcdef");
        assertThat(text(unclosed(unknown))).isEqualTo(golden("unclosed-unknown.txt"));
    }

    @Test
    void comparesWhatIsLeftOpen() {
        LeakMessage message = message(unclosed(STREAM));

        assertThat(message.expected() + "\n----\n" + message.actual() + "\n").isEqualTo(golden("unclosed-diff.txt"));
    }

    @Test
    void writesWhatIsLeftOpenForMachines() {
        String line = LeakJson.line(
                TEST,
                unclosed(STREAM),
                diagnoses(unclosed(STREAM)),
                new JvmDescription("17.0.15", "OpenJDK 64-Bit Server VM", "G1", 1L << 30));

        assertThat(line + "\n").isEqualTo(golden("unclosed.jsonl"));
    }

    private static LeakJudgement unclosed(UnclosedResource... resources) {
        return new LeakJudgement(
                Reason.UNCLOSED,
                "1 run +1, 5 runs +5, 5 runs +5",
                1,
                33,
                List.of(),
                List.of(resources),
                List.of(new Block(1, 1), new Block(5, 5), new Block(5, 5)),
                new StepCosts(21.04, 210, 1500.06));
    }

    @Test
    void namesAThreadLocalThatStays() {
        assertThat(text(leak(
                        LeakKind.OBJECTS,
                        "com.acme.Context",
                        new GcRootDescription(RootKind.THREAD, "thread \"pool-*-thread-*\""),
                        false,
                        new PathElement("java.lang.Thread", "thread local com.acme.Request.CONTEXT", true))))
                .isEqualTo(golden("thread-local.txt"));
    }

    @Test
    void namesTheSameObjectAddedAgain() {
        Leak leak = new Leak(
                "0123456789abcdef",
                LeakKind.OBJECTS,
                Severity.LOW,
                new GcRootPath(
                        new GcRootDescription(RootKind.STATIC_FIELD, "static field com.acme.Bus.LISTENERS"),
                        false,
                        List.of(new PathElement("java.util.ArrayList", "list[*]", true)),
                        "com.acme.Listener"),
                1,
                0,
                0,
                0,
                true);
        assertThat(text(leak)).isEqualTo(golden("same-object.txt"));
    }

    @Test
    void listsTheLargestThreeOfSeveral() {
        assertThat(text(LISTENERS, LISTENERS, LISTENERS, LISTENERS)).isEqualTo(golden("several.txt"));
    }

    @Test
    void saysWhyNothingCouldBeSaid() {
        LeakJudgement judgement = new LeakJudgement(
                Reason.DEADLINE,
                "a repetition did not end within 500 ms",
                1,
                3,
                List.of(),
                List.of(),
                new StepCosts(1, 2, 3));
        assertThat(message(judgement).text() + "\n").isEqualTo(golden("inconclusive.txt"));
    }

    @Test
    void comparesOnlyWhatBrokeThePromise() {
        LeakMessage message = message(judgement(LISTENERS));

        assertThat(message.expected() + "\n----\n" + message.actual() + "\n").isEqualTo(golden("diff.txt"));
    }

    @Test
    void writesOneLineForMachines() {
        String line = LeakJson.line(
                TEST,
                judgement(LISTENERS),
                diagnoses(judgement(LISTENERS)),
                new JvmDescription("17.0.15", "OpenJDK 64-Bit Server VM", "G1", 1L << 30));

        assertThat(line + "\n").isEqualTo(golden("result.jsonl"));
    }

    private static Leak leak(
            LeakKind kind, String leaked, GcRootDescription root, boolean rootAccumulates, PathElement... elements) {
        return new Leak(
                "0123456789abcdef",
                kind,
                Severity.LOW,
                new GcRootPath(root, rootAccumulates, List.of(elements), leaked),
                1,
                49_356,
                49_356,
                311,
                false);
    }

    private static LeakJudgement judgement(Leak... leaks) {
        return new LeakJudgement(
                Reason.LEAK,
                EVIDENCE,
                1,
                33,
                List.of(leaks),
                List.of(new Block(1, 1), new Block(8, 8), new Block(24, 24)),
                new StepCosts(21.04, 210, 1500.06));
    }

    private static LeakMessage message(LeakJudgement judgement) {
        return new LeakMessage(TEST, judgement, diagnoses(judgement));
    }

    private static Diagnoses diagnoses(LeakJudgement judgement) {
        return new Diagnoses(
                judgement.leaks(), new Scene(TEST.shortName(), List.of(TEST.className()), new EarlierLeaks(), false));
    }

    private static String text(Leak... leaks) {
        return text(judgement(leaks));
    }

    private static String text(LeakJudgement judgement) {
        return message(judgement).text() + "\n";
    }
}
