package io.heapspec.internal.report;

import static java.util.stream.Collectors.joining;

import io.heapspec.result.Agreement;
import io.heapspec.result.Reconciliation;
import io.heapspec.result.Reconciliation.Reading;
import io.heapspec.result.Testimony;
import io.heapspec.result.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the three witnesses say, as lines below a failure. */
final class WitnessText {

    private WitnessText() {}

    /** Returns a line for their agreement, and one for each; none where nobody was asked. */
    static List<String> lines(Reconciliation reconciliation) {
        if (reconciliation.testimonies().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(agreement(reconciliation));
        for (Testimony each : reconciliation.testimonies()) {
            lines.add(String.format(Locale.ROOT, "  %-8s  %s", word(each.witness()), each.figures()));
        }
        return lines;
    }

    private static String agreement(Reconciliation reconciliation) {
        String supporting = words(reconciliation.witnesses(Agreement.SUPPORTS));
        if (reconciliation.reading() == Reading.CONFIRMED) {
            return "Confirmed by " + supporting + ".";
        }
        List<Witness> against = reconciliation.witnesses(Agreement.CONTRADICTS);
        List<Witness> others = against.isEmpty() ? reconciliation.witnesses(Agreement.SILENT) : against;
        boolean plural = others.size() > 1 || others.contains(Witness.COUNTERS);
        return "Confirmed by " + supporting + "; " + words(others) + (plural ? " are" : " is")
                + (against.isEmpty() ? " silent: " : " against it: ")
                + reconciliation.reading().meaning() + ".";
    }

    private static String words(List<Witness> witnesses) {
        List<String> words = witnesses.stream().map(WitnessText::word).toList();
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : words.stream().limit(last).collect(joining(", ")) + " and " + words.get(last);
    }

    static String word(Witness witness) {
        return witness.name().toLowerCase(Locale.ROOT);
    }
}
