package io.heapspec.result;

import java.util.List;

/**
 * What the three witnesses say of one verdict, and how that goes together.
 *
 * @param testimonies one of each witness, in the order of {@link Witness}
 * @param reading what their agreement, or disagreement, means
 * @since 0.1
 */
public record Reconciliation(List<Testimony> testimonies, Reading reading) {

    /** Nobody was asked. */
    public static final Reconciliation NONE = new Reconciliation(List.of(), Reading.NOT_JUDGED);

    public Reconciliation {
        testimonies = List.copyOf(testimonies);
    }

    /** Returns those who say so. */
    public List<Witness> witnesses(Agreement agreement) {
        return testimonies.stream()
                .filter(each -> each.agreement() == agreement)
                .map(Testimony::witness)
                .toList();
    }

    /** What the witnesses' agreement, or disagreement, means. */
    public enum Reading {
        /** Failed, and all three saw it. */
        CONFIRMED("all three witnesses saw it"),
        /** Failed: the heap grows, and counters cannot show it, as when it is too little, or of a kind that is not counted. It was reproduced. */
        BELOW_COUNTERS("they cannot show it; it was reproduced, so it is a leak all the same"),
        /** Failed: nothing is made, since references are added, or who makes it is no code that can be traced. */
        NOT_TRACED("no line that makes it is known; that it grows is sure without"),
        /** Failed: the heap alone shows it. */
        HEAP_ONLY("the heap alone shows it; it was reproduced, so it is a leak all the same"),
        /** Failed: the counters should have grown, and did not: something else became smaller meanwhile, or what grows replaces what was there. */
        COUNTERS_DISAGREE("the counters should show it and do not: something else became smaller in the same time"),
        /** Failed: the counters alone show it: what is left open has no object on the heap any more. */
        COUNTERS_ONLY("no object on the heap stands for it any more, and it is open all the same"),
        /** Passed: nothing piles up. What was allocated was temporary, or is kept from the first use on. */
        TEMPORARY("what it allocates is temporary, or kept from the first use on: nothing piles up"),
        /** Passed: something grows, and has a bound: a cache that fills up, or what goes when memory is short. */
        BOUNDED("what it keeps has a bound, or goes when memory is short"),
        /** Passed: something piles up, and that is allowed, known or expected. */
        SUPPRESSED("what piles up is allowed, known or expected"),
        /** Nothing can be said. */
        NOT_JUDGED("it could not be judged");

        private final String meaning;

        Reading(String meaning) {
            this.meaning = meaning;
        }

        /** Returns what it means, for a reader. */
        public String meaning() {
            return meaning;
        }
    }
}
