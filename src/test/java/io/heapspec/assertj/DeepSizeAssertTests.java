package io.heapspec.assertj;

import static io.heapspec.assertj.HeapSpecAssertions.DEEP_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapspec.DeepSizes;
import io.heapspec.result.ClassFootprint;
import io.heapspec.result.DeepSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class DeepSizeAssertTests {

    private static final DeepSize SIZE = new DeepSize(
            List.of(new ClassFootprint("byte[]", 2, 2_048), new ClassFootprint("java.lang.String", 1, 24)));

    @Test
    void measuresWithWhatBelongsToTheObject() {
        Map<String, byte[]> cache = new HashMap<>();
        cache.put("key", new byte[1_000]);

        DeepSize size = DeepSizes.of(cache);

        assertThat(size.objects()).isEqualTo(6);
        assertThat(size.bytes()).isLessThanOrEqualTo(1_256);
        HeapSpecAssertions.assertThatObject(cache).deepSize().isAtMost("2 KiB").hasObjectsAtMost(6);
        HeapSpecAssertions.assertThatObject(cache).isInstanceOf(Map.class).isEqualTo(cache);
    }

    @Test
    void passesUpToTheLimit() {
        HeapSpecAssertions.assertThat(SIZE)
                .isAtMost(2_072)
                .isAtMost("2072 B")
                .hasObjectsAtMost(3)
                .isNoMoreThan(SIZE);
        assertThat((Object) SIZE).asInstanceOf(DEEP_SIZE).hasObjectsAtMost(3);
    }

    @Test
    void namesLimitSizeAndClassesAboveIt() {
        assertThatThrownBy(() -> HeapSpecAssertions.assertThat(SIZE).as("cache").isAtMost("2 KiB"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(String.format(
                        "[cache] expected a deep size of at most 2,048 B (2.0 KiB), but it is 2,072 B (2.0 KiB):"
                                + "%n  2 × byte[], 2,048 B (2.0 KiB)%n  1 × java.lang.String, 24 B"));
        assertThatThrownBy(() -> HeapSpecAssertions.assertThat(SIZE).hasObjectsAtMost(2))
                .hasMessageStartingWith("expected at most 2 objects, but there are 3:");
        assertThatThrownBy(() -> HeapSpecAssertions.assertThat(SIZE).isNoMoreThan(new DeepSize(List.of())))
                .hasMessageStartingWith("expected a deep size of at most 0 B, but it is 2,072 B");
    }

    @Test
    void saysHowManyClassesAreNotShown() {
        DeepSize many = new DeepSize(IntStream.range(0, 10)
                .mapToObj(i -> new ClassFootprint("C" + i, 1, 16))
                .toList());

        assertThatThrownBy(() -> HeapSpecAssertions.assertThat(many).isAtMost(0))
                .hasMessageEndingWith("... and 2 more classes");
    }

    @Test
    void isSoftOnRequest() {
        SoftAssertions softly = new SoftAssertions();
        softly.proxy(DeepSizeAssert.class, DeepSize.class, SIZE).isAtMost(1).hasObjectsAtMost(1);

        assertThat(softly.assertionErrorsCollected()).hasSize(2);
    }

    @Test
    void refusesWhatIsNoSizeAndNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeapSpecAssertions.assertThat(SIZE).isAtMost("2 KB"))
                .withMessageContaining("unknown unit");
        assertThatThrownBy(() -> HeapSpecAssertions.assertThatObject(null).deepSize())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not to be null");
    }
}
