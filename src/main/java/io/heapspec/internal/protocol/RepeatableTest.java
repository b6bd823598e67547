package io.heapspec.internal.protocol;

import java.lang.reflect.Executable;
import java.util.Set;

/**
 * How one test can be run again.
 *
 * <p>Asked only when something grew in its first run: whatever repeating needs is made then, and not before, or it would be growth itself.
 */
public interface RepeatableTest {

    /** Returns a test that is repeated in one way only, and changes nothing that has to be put back. */
    static RepeatableTest of(Repetition repetition) {
        return new RepeatableTest() {
            @Override
            public Class<?> code() {
                return repetition.getClass();
            }

            @Override
            public Set<Executable> entries() {
                return Set.of();
            }

            @Override
            public Repetition repetition() {
                return repetition;
            }

            @Override
            public Repetition body() {
                return repetition;
            }

            @Override
            public void restore() {}
        };
    }

    /** Returns the class that has its code. */
    Class<?> code();

    /** Returns what is called of it in a repetition, its body and what comes before and after it; empty if it is not known what runs. */
    Set<Executable> entries();

    /** Returns the way to repeat it that its promise asks for, and notes what a repetition may change. */
    Repetition repetition();

    /** Returns a way to run its body alone: much faster than a whole life cycle where that takes long, and less faithful. */
    Repetition body();

    /** Puts back what repetitions changed. */
    void restore();
}
