package io.heapspec.internal.suppression;

import io.heapspec.result.Fate;
import io.heapspec.result.Finding;
import io.heapspec.result.Leak;
import io.heapspec.result.SuppressedLeak;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is suppressed in one run, and what of it was of use.
 *
 * <p>Keeps nothing of a test that the baseline does not name. Thread-safe.
 */
public final class Suppressions {

    private final List<AllowRule> rules;
    private final List<KnownLeak> known;
    private final Set<String> fingerprints;
    private final Set<AllowRule> meant = new HashSet<>();
    private final Set<AllowRule> used = new HashSet<>();
    private final Set<KnownLeak> gone = new TreeSet<>();

    /**
     * @param rules retention that is allowed for all tests, or some
     * @param known the baseline
     */
    public Suppressions(List<AllowRule> rules, List<KnownLeak> known) {
        this.rules = List.copyOf(rules);
        this.known = List.copyOf(known);
        fingerprints = known.stream().map(KnownLeak::fingerprint).collect(Collectors.toUnmodifiableSet());
    }

    /** Tells whether nothing is suppressed in this run. */
    public boolean isEmpty() {
        return rules.isEmpty() && known.isEmpty();
    }

    /** Returns what is allowed for the tests of a class. */
    public List<AllowRule> rulesFor(String testClass) {
        return rules.stream().filter(rule -> rule.isFor(testClass)).toList();
    }

    /**
     * Tells whether the baseline knows what was found. A chain is told from all others by its fingerprint, in whichever test it shows; a resource only by
     * its class, so it is known in the test that the baseline names.
     *
     * @param test name in the baseline of the test that it was found in
     */
    public boolean knows(Finding found, String test) {
        return found instanceof Leak
                ? fingerprints.contains(found.fingerprint())
                : known.stream()
                        .anyMatch(each -> each.fingerprint().equals(found.fingerprint())
                                && each.test().equals(test));
    }

    /**
     * Notes how a test was judged.
     *
     * @param test its name in the baseline
     * @param testClass its class
     * @param found fingerprints of all that piled up
     * @param suppressed what did not count
     * @return whether the baseline names the test
     */
    public synchronized boolean judged(
            String test, String testClass, Set<String> found, List<SuppressedLeak> suppressed) {
        for (AllowRule rule : rules) {
            if (rule.isFor(testClass)) {
                meant.add(rule);
                if (suppressed.stream()
                        .anyMatch(
                                each -> each.fate() == Fate.ALLOWED && each.by().contains(rule.text()))) {
                    used.add(rule);
                }
            }
        }
        List<KnownLeak> ofTest =
                known.stream().filter(each -> each.test().equals(test)).toList();
        ofTest.stream().filter(each -> !found.contains(each.fingerprint())).forEach(gone::add);
        return !ofTest.isEmpty();
    }

    /** Returns for a reader what was of no use: rules whose tests were judged and that matched nothing, and known leaks whose tests did not leak. */
    public synchronized List<Unused> unused() {
        Stream<Unused> idle = rules.stream()
                .filter(rule -> meant.contains(rule) && !used.contains(rule))
                .map(rule -> new Unused(rule.pattern(), rule.source()));
        return Stream.concat(idle, gone.stream().map(each -> new Unused(each.line(), KnownLeaksFile.RESOURCE)))
                .toList();
    }

    /** Returns the lines of the baseline for what a test leaks. */
    public static List<KnownLeak> lines(String test, Stream<Finding> found) {
        return found.map(each -> new KnownLeak(each.fingerprint(), test, each.place()))
                .toList();
    }

    /**
     * A suppression that matched nothing.
     *
     * @param text the suppression
     * @param source where it stands
     */
    public record Unused(String text, String source) {}
}
