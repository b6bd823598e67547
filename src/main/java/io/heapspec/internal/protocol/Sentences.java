package io.heapspec.internal.protocol;

import io.heapspec.internal.suppression.ExpectedLeak;
import io.heapspec.result.Block;
import io.heapspec.result.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The one sentence that goes with each verdict. */
final class Sentences {

    private Sentences() {}

    static String noGrowth() {
        return "nothing grew";
    }

    static String mayNotRepeat() {
        return "something grew in the first run, and the test may not be repeated to find out what that was";
    }

    static String after(Reason reason, int runs, List<Block> blocks) {
        return switch (reason) {
            case NOT_REPEATED -> "the first run left something behind, " + runs + " more did not add to it";
            case FILLING -> "something fills up, slower and slower: " + growth(blocks);
            case SOFT_HELD -> "what grows is held through soft references only: " + growth(blocks);
            case EXPECTED_LEAK -> "the leak that is expected is there: " + growth(blocks);
            case KNOWN_LEAK -> "all that leaks is known: " + growth(blocks);
            case ALLOWED -> "what grows is allowed: " + growth(blocks);
            default -> growth(blocks);
        };
    }

    /** Says that a leak is no longer there, and why the test would have been. */
    static String gone(ExpectedLeak expected, String detail) {
        return expected.text() + " is there any more (" + detail + "); it was expected because of: "
                + expected.reason();
    }

    /** Words the evidence for growth that adds no object, of which the blocks show nothing. */
    static String repeated(int runs) {
        return "repeated " + runs + " times";
    }

    /** Names at most three of the classes that grew. */
    static String unexplained(Set<String> suspects, List<Block> blocks) {
        String names = suspects.stream().sorted().limit(3).collect(Collectors.joining(", "));
        String more = suspects.size() > 3 ? ", ..." : "";
        return "the histogram shows more objects of " + names + more
                + " with every run, but no one place that the heap dump shows holds that many more: " + growth(blocks);
    }

    /** Words the evidence: {@code 1 run +1, 8 runs +8, 24 runs +24}. */
    static String growth(List<Block> blocks) {
        return blocks.stream()
                .map(block -> block.runs()
                        + (block.runs() == 1 ? " run " : " runs ")
                        + (block.growth() < 0 ? "" : "+")
                        + block.growth())
                .collect(Collectors.joining(", "));
    }
}
