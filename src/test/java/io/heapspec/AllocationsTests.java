package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapspec.assertj.HeapSpecAssertions;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.ClassAllocations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("other tests allocate")
class AllocationsTests {

    private static volatile @Nullable Object sink;

    private final byte[] text = new byte[] {'4', '2', '4', '2'};

    /** Under a build tool, whose own threads allocate now and then. */
    @RepeatedTest(10)
    void countsObjectsByClassToTheByte() {
        AllocationProfile profile = Allocations.of(() -> sink = new String(text, 0, 4, StandardCharsets.ISO_8859_1));

        assertThat(profile.certification().isExact()).as("%s", profile).isTrue();
        assertThat(profile.classes())
                .containsExactlyInAnyOrder(
                        new ClassAllocations("java.lang.String", 1, 24), new ClassAllocations("byte[]", 1, 24));
        assertThat(profile.bytes()).isEqualTo(48);
        assertThat(profile.objects()).isEqualTo(2);
        assertThat(profile.objectsOf("java.lang.String")).isEqualTo(1);
    }

    @RepeatedTest(10)
    void countsNothingForNothing() {
        AllocationProfile profile = Allocations.of(() -> {});

        assertThat(profile.certification().isExact()).as("%s", profile).isTrue();
        assertThat(profile.classes()).isEmpty();
        assertThat(profile.bytes()).isZero();
    }

    /** Flight Recorder's own thread goes on allocating after the last recording is closed, every ten milliseconds on JDK 17. */
    @RepeatedTest(3)
    void countsTheSameAfterARecording() {
        try (Recording recording = new Recording()) {
            recording.start();
        }

        AllocationProfile profile = Allocations.of(() -> sink = new String(text, 0, 4, StandardCharsets.ISO_8859_1));

        assertThat(profile.certification().isExact()).as("%s", profile).isTrue();
        assertThat(profile.objects()).isEqualTo(2);
        assertThat(profile.bytes()).isEqualTo(48);
    }

    @Test
    void namesTheLinesThatAllocate() {
        AllocationProfile profile =
                Allocations.traced(() -> sink = new String(text, 0, 4, StandardCharsets.ISO_8859_1));

        assertThat(profile.objects()).isEqualTo(2);
        assertThat(profile.trace().note()).isEmpty();
        assertThat(profile.sites()).hasSize(2).allSatisfy(site -> {
            assertThat(site.objects()).isEqualTo(1);
            assertThat(site.bytes()).isEqualTo(24);
            assertThat(site.stack().get(0).getClassName()).isEqualTo(AllocationsTests.class.getName());
        });
    }

    @Test
    void tellsLinesAndThreadsApart() throws Exception {
        AllocationProfile profile = Allocations.traced(() -> {
            Thread other = new Thread(() -> sink = new long[1000], "other");
            other.start();
            other.join();
        });

        assertThat(profile.threads())
                .filteredOn(each -> each.thread().equals("other"))
                .singleElement()
                .satisfies(other -> assertThat(other.bytes()).isBetween(8_000L, 8_100L));
        HeapSpecAssertions.assertThat(profile)
                .allocatedNoMoreThan(1)
                .onThread("other")
                .allocatedNoMoreThan(0)
                .onThread("nobody")
                .allocatedNoMoreThan(0)
                .inCodeOf(String.class);
        assertThatThrownBy(() -> HeapSpecAssertions.assertThat(profile)
                        .allocatedNoMoreThan(0)
                        .onThread("other"))
                .hasMessageContaining("expected at most 0 objects on thread \"other\", but there were 1:")
                .hasMessageContaining("1 × long[], 80")
                .hasMessageContaining("at io.heapspec.AllocationsTests.");
        assertThatThrownBy(() -> HeapSpecAssertions.assertThat(profile)
                        .allocatedNoMoreThan(0)
                        .inCodeOf(AllocationsTests.class))
                .hasMessageContaining("expected at most 0 objects in code of io.heapspec.AllocationsTests, but");
    }

    @Test
    void countsAStringAndItsBytes() {
        AllocationProfile profile = Allocations.of(() -> sink = new String(text, 0, 4, StandardCharsets.ISO_8859_1));

        assertThat(profile.objects()).isEqualTo(2);
        assertThat(profile.objectsOf("java.lang.String")).isEqualTo(1);
        assertThat(profile.bytes()).isEqualTo(48);
        HeapSpecAssertions.assertThat(profile)
                .allocatedNoMoreThan(2)
                .objects()
                .allocatedNoMoreThan(1)
                .of(String.class)
                .allocatedNoMoreThan(48)
                .bytes();
    }

    @Test
    void runsWarmCodeTwiceAtLeastAndTheFirstRunOnce() {
        AtomicInteger runs = new AtomicInteger();

        Allocations.ofFirstRun(runs::incrementAndGet);
        assertThat(runs).hasValue(1);
        Allocations.of(runs::incrementAndGet);
        assertThat(runs).hasValueBetween(3, 21);
    }

    @Test
    void countsWhatTheFirstRunLinks() {
        int captured = text.length;
        Allocations.Code<RuntimeException> code = () -> sink = (IntSupplier) () -> captured;

        AllocationProfile first = Allocations.ofFirstRun(code);
        AllocationProfile later = Allocations.of(code);

        assertThat(later.objects()).isEqualTo(1);
        assertThat(first.objects()).isGreaterThan(1);
        assertThat(first.bytes()).isGreaterThan(later.bytes());
    }

    @Test
    void saysWhatAnotherThreadAllocated() throws Exception {
        AllocationProfile profile = Allocations.of(() -> {
            Thread other = new Thread(() -> sink = new long[1000]);
            other.start();
            other.join();
        });

        assertThat(profile.certification().isExact()).as("%s", profile).isFalse();
        assertThat(profile.objectsOf("long[]")).isEqualTo(1);
    }

    @Test
    void letsPassWhatTheCodeThrows() {
        assertThatThrownBy(() -> Allocations.of(() -> {
                    throw new IOException("own");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("own");
    }
}
