package io.heapspec.internal.protocol;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** How one test can be run again so that what its body allocates is measured. */
public interface MeasuredTest {

    /**
     * Returns the way to run its whole life cycle again.
     *
     * @param runner runs the body in place of the framework
     */
    Repetition repetition(BodyRunner runner);

    /** Returns the class that has its code. */
    Class<?> code();

    /** Returns the method that is its body; null if it is another piece of code. */
    @Nullable
    Method method();

    /** Returns a way to run its body alone, unmeasured. */
    Repetition body();
}
