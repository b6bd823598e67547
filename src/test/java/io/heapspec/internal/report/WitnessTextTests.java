package io.heapspec.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.Agreement;
import io.heapspec.result.Reconciliation;
import io.heapspec.result.Reconciliation.Reading;
import io.heapspec.result.Testimony;
import io.heapspec.result.Witness;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessTextTests {

    @Test
    void saysThatAllAgree() {
        assertThat(lines(Agreement.SUPPORTS, Agreement.SUPPORTS, Agreement.SUPPORTS, Reading.CONFIRMED))
                .containsExactly(
                        "Confirmed by heap, trace and counters.",
                        "  heap      +1 per run",
                        "  trace     +1 per run",
                        "  counters  +1 per run");
    }

    @Test
    void namesWhoIsSilent() {
        assertThat(lines(Agreement.SUPPORTS, Agreement.SUPPORTS, Agreement.SILENT, Reading.BELOW_COUNTERS))
                .startsWith("Confirmed by heap and trace; counters are silent: they cannot show it; it was reproduced,"
                        + " so it is a leak all the same.");
        assertThat(lines(Agreement.SUPPORTS, Agreement.SILENT, Agreement.SUPPORTS, Reading.NOT_TRACED))
                .startsWith("Confirmed by heap and counters; trace is silent: no line that makes it is known; that it"
                        + " grows is sure without.");
        assertThat(lines(Agreement.SUPPORTS, Agreement.SILENT, Agreement.SILENT, Reading.HEAP_ONLY))
                .startsWith("Confirmed by heap; trace and counters are silent: the heap alone shows it; it was"
                        + " reproduced, so it is a leak all the same.");
        assertThat(lines(Agreement.SILENT, Agreement.SUPPORTS, Agreement.SUPPORTS, Reading.COUNTERS_ONLY))
                .startsWith("Confirmed by trace and counters; heap is silent: no object on the heap stands for it any"
                        + " more, and it is open all the same.");
    }

    @Test
    void namesWhoDisagrees() {
        assertThat(lines(Agreement.SUPPORTS, Agreement.SILENT, Agreement.CONTRADICTS, Reading.COUNTERS_DISAGREE))
                .startsWith("Confirmed by heap; counters are against it: the counters should show it and do not:"
                        + " something else became smaller in the same time.");
    }

    @Test
    void saysNothingWhereNobodyWasAsked() {
        assertThat(WitnessText.lines(Reconciliation.NONE)).isEmpty();
    }

    private static List<String> lines(Agreement heap, Agreement trace, Agreement counters, Reading reading) {
        return WitnessText.lines(new Reconciliation(
                List.of(
                        new Testimony(Witness.HEAP, heap, "+1 per run"),
                        new Testimony(Witness.TRACE, trace, "+1 per run"),
                        new Testimony(Witness.COUNTERS, counters, "+1 per run")),
                reading));
    }
}
