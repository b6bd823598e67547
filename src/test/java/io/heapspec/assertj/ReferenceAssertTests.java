package io.heapspec.assertj;

import static io.heapspec.assertj.HeapSpecAssertions.assertThat;
import static io.heapspec.assertj.HeapSpecAssertions.assertThatReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapspec.result.Reachability;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReferenceAssertTests {

    private static final List<Object> HELD = new ArrayList<>();

    @AfterEach
    void letGo() {
        HELD.clear();
    }

    @Test
    void passesWhatNothingHolds() {
        assertThat(new WeakReference<>(new Object())).isCollected();
        assertThat(new WeakReference<>(null)).isCollected(Reachability.SOFT);
        assertThatReference(new SoftReference<>(new Object())).isCollected(Reachability.SOFT);
    }

    @Test
    void showsTheChainToWhatIsHeld() {
        HELD.add(new byte[100]);
        WeakReference<Object> reference = new WeakReference<>(HELD.get(0));

        assertThat(reference).isRetained();
        assertThatThrownBy(() -> assertThat(reference).isCollected())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("byte[] is retained, though it was expected to be collected")
                .hasMessageContaining("GC root: static field " + getClass().getName() + ".HELD");
    }

    @Test
    void refusesWhatIsCollectedThoughItShouldBeHeld() {
        assertThatThrownBy(() -> assertThat(new WeakReference<>(new Object())).isRetained())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("to be retained");
    }
}
