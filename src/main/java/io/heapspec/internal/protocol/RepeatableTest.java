package io.heapspec.internal.protocol;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

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
            public @Nullable Method method() {
                return null;
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

    /** Returns the method that is its body; null if it is not known which runs. */
    @Nullable
    Method method();

    /** Returns the way to repeat it that its promise asks for, and notes what a repetition may change. */
    Repetition repetition();

    /** Returns a way to run its body alone: much faster than a whole life cycle where that takes long, and less faithful. */
    Repetition body();

    /** Puts back what repetitions changed. */
    void restore();
}
