package io.heapspec.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.heapspec.internal.allocation.Programs.Program;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.Certification.Certified;
import io.heapspec.result.Certification.GapsCounted;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllocationWindowTests {

    private static final AllocationWindow WINDOW = new AllocationWindow();

    /** Under Surefire a thread that forwards output allocates now and then. */
    private static final int ATTEMPTS = 20;

    static List<Program> programs() {
        return Programs.all();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void countsEachObjectAndByte(Program program) throws Throwable {
        // What a program does first is loading and linking.
        program.body().run();
        program.body().run();

        AllocationProfile profile = WINDOW.count(program.body(), ATTEMPTS);

        if (profile.certification() instanceof GapsCounted gaps) {
            // Only the number of these is uncertain, only before JDK 19, and never too small.
            assertThat(Runtime.version().feature()).isLessThan(19);
            assertThat(without(gaps, text(profile))).isEqualTo(without(gaps, program.expected()));
            assertThat(profile.objectsOf("int[]")).isGreaterThanOrEqualTo(numberOf(gaps, program.expected()));
        } else {
            assertThat(profile.certification()).isEqualTo(new Certified());
            assertThat(text(profile)).isEqualTo(program.expected());
        }
        assertThat(profile.classes().stream().mapToLong(each -> each.bytes()).sum())
                .isEqualTo(profile.bytes());
    }

    @Test
    void letsTheBodysFailurePass() {
        IllegalStateException own = new IllegalStateException("own");

        assertThat(catchThrowable(() -> WINDOW.count(
                        () -> {
                            throw own;
                        },
                        1)))
                .isSameAs(own);
    }

    private static String without(GapsCounted gaps, String text) {
        return text.replaceAll("\\d+ " + Pattern.quote(gaps.className()) + "(, |$)", "");
    }

    private static long numberOf(GapsCounted gaps, String text) {
        Matcher number = Pattern.compile("(\\d+) " + Pattern.quote(gaps.className()) + "(, |$)")
                .matcher(text);
        return number.find() ? Long.parseLong(number.group(1)) : 0;
    }

    private static String text(AllocationProfile profile) {
        return profile.classes().stream()
                .sorted(Comparator.comparing(each -> each.className()))
                .map(each -> each.objects() + " " + each.className())
                .collect(Collectors.joining(", "));
    }
}
