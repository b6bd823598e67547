package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HeapSpec itself does not leak: a thousand judged tests leave the heap as the same tests leave it unjudged. */
class OwnRetentionTests {

    private static final Pattern LIVE = Pattern.compile("live bytes after (\\d+): (\\d+)");
    private static final int TESTS = 1000;
    private static final int SETTLED = 300;

    @TempDir
    Path output;

    @Test
    void keepsNothingOfAThousandTests() throws Exception {
        long judged = growth(new ChildJvm(output).run(JudgedTestCases.class));
        long unjudged = growth(new ChildJvm(output).run(UnjudgedTestCases.class));

        // JUnit keeps a description of each invocation either way; one object kept by each judging would be 11 KiB and
        // more.
        assertThat(judged - unjudged).isLessThan((TESTS - SETTLED) * 16L);
    }

    private static long growth(ChildJvm.Ended ended) {
        Matcher matcher = LIVE.matcher(ended.text());
        assertThat(matcher.find()).as(ended.text()).isTrue();
        long early = Long.parseLong(matcher.group(2));
        assertThat(matcher.find()).as(ended.text()).isTrue();
        return Long.parseLong(matcher.group(2)) - early;
    }

    private static void report(RepetitionInfo info) throws Exception {
        if (info.getCurrentRepetition() == SETTLED || info.getCurrentRepetition() == TESTS) {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            String[] total =
                    histogram.substring(histogram.lastIndexOf("Total")).trim().split("\\s+");
            System.out.println("live bytes after " + info.getCurrentRepetition() + ": " + total[2]);
        }
    }

    @NoLeak
    static class JudgedTestCases {

        @RepeatedTest(TESTS)
        void empty(RepetitionInfo info) throws Exception {
            report(info);
        }
    }

    static class UnjudgedTestCases {

        @RepeatedTest(TESTS)
        void empty(RepetitionInfo info) throws Exception {
            report(info);
        }
    }
}
