package io.heapspec.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTests {

    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @CsvSource({
        "0, LOW",
        "1023, LOW",
        "1024, MEDIUM",
        "65535, MEDIUM",
        "65536, HIGH",
        "4194303, HIGH",
        "4194304, CRITICAL"
    })
    void gradesByTheBytesThatARunAdds(double bytes, Severity expected) {
        assertThat(Severity.of(LeakKind.OBJECTS, bytes, 1024 * GIB)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"999, LOW", "1000, MEDIUM", "99999, MEDIUM", "100000, HIGH", "9999999, HIGH", "10000000, CRITICAL"})
    void gradesByTheShareOfTheHeap(double thousandths, Severity expected) {
        // A heap of a million bytes, so that the bytes themselves never decide.
        assertThat(Severity.of(LeakKind.OBJECTS, thousandths / 1000, 1_000_000)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "OBJECTS, LOW",
        "THREADS, HIGH",
        "CLASS_LOADERS, HIGH",
        "FILES, HIGH",
        "BUFFERS, MEDIUM",
        "NATIVE_MEMORY, MEDIUM",
        "SHUTDOWN_HOOKS, LOW"
    })
    void gradesWhatIsNotOnTheHeapByItsKind(LeakKind kind, Severity expected) {
        assertThat(Severity.of(kind, 0, GIB)).isEqualTo(expected);
    }

    @Test
    void takesTheHighestGrade() {
        assertThat(Severity.of(LeakKind.THREADS, 4L << 20, GIB)).isEqualTo(Severity.CRITICAL);
        assertThat(Severity.of(LeakKind.BUFFERS, 70_000, GIB)).isEqualTo(Severity.HIGH);
    }

    @Test
    void comparesGrades() {
        assertThat(Severity.HIGH.isAtLeast(Severity.HIGH)).isTrue();
        assertThat(Severity.HIGH.isAtLeast(Severity.CRITICAL)).isFalse();
    }
}
