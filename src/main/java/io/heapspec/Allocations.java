package io.heapspec;

import io.heapspec.internal.allocation.AllocationWindow;
import io.heapspec.internal.protocol.LineFinder;
import io.heapspec.result.AllocationProfile;

/**
 * Counts the objects that a piece of code allocates, dead or alive, exactly and without instrumentation.
 *
 * <pre>{@code
 * AllocationProfile profile = Allocations.of(() -> parser.parse(json));
 * assertThat(profile.objectsOf("java.lang.String")).isEqualTo(3);
 * }</pre>
 *
 * <p>The objects of each class are counted by the class histogram, before and after; the bytes by the thread's own counter. Nothing but the
 * code runs between them. Where both agree to the byte, the profile is {@linkplain AllocationProfile#certification() certified}; else it says
 * what disagrees: what other threads allocate meanwhile is counted too, and named.
 *
 * <p><b>Limits.</b> Objects are those of the whole JVM, bytes those of the calling thread. Only Serial, Parallel and G1 count garbage: on other
 * collectors the bytes are exact, and objects that are not reachable any more are missing, which the certification says.
 *
 * <p><b>Thread-safety.</b> Safe for several threads; one piece of code is measured at a time, and others wait.
 *
 * @since 0.1
 */
public final class Allocations {

    /** Enough for most code to settle; what the just-in-time compiler removes later takes thousands of runs. */
    private static final int MOST_RUNS = 20;

    private static final Object ONE_AT_A_TIME = new Object();
    private static final AllocationWindow WINDOW = new AllocationWindow();

    private static final LineFinder FINDER = new LineFinder();

    private Allocations() {}

    /**
     * Counts what one run of some code allocates once it is warm: it runs until two runs in succession allocate the same, 20 times at most.
     *
     * @param code what is measured; it must bear to be run again
     * @return what one run allocates
     * @throws E what the code throws; nothing is measured then
     * @throws UnsupportedOperationException if this JVM has no class histogram
     */
    public static <E extends Exception> AllocationProfile of(Code<E> code) throws E {
        return measured(() -> WINDOW.settled(code::run, MOST_RUNS));
    }

    /**
     * Counts what some code allocates the first time, all that it loads and links included.
     *
     * @param code what is measured; it runs once
     * @return what it allocates
     * @throws E what the code throws; nothing is measured then
     * @throws UnsupportedOperationException if this JVM has no class histogram
     */
    public static <E extends Exception> AllocationProfile ofFirstRun(Code<E> code) throws E {
        return measured(() -> WINDOW.once(code::run));
    }

    /**
     * Counts as {@link #of} does, and finds the lines that allocate: {@link AllocationProfile#sites()}. For that classes are instrumented, the
     * code runs twice more, and all classes get their own code back, which takes a second or more. Where this JVM lets nobody attach, or Byte
     * Buddy is missing, {@link AllocationProfile#trace()} says so, and the counts are the same.
     *
     * @param code what is measured; it must bear to be run again
     * @return what one run allocates, with the lines
     * @throws E what the code throws; nothing is measured then
     * @throws UnsupportedOperationException if this JVM has no class histogram
     */
    public static <E extends Exception> AllocationProfile traced(Code<E> code) throws E {
        return measured(() -> FINDER.traced(WINDOW.settled(code::run, MOST_RUNS), code.getClass(), code::run));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> AllocationProfile measured(Measurement measurement) throws E {
        try {
            synchronized (ONE_AT_A_TIME) {
                return measurement.run();
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable ofTheCode) {
            // The code declares nothing else that is checked.
            throw (E) ofTheCode;
        }
    }

    /**
     * Some code that allocates.
     *
     * @param <E> the checked exception that it throws, {@link RuntimeException} if there is none
     */
    @FunctionalInterface
    public interface Code<E extends Exception> {

        /**
         * Runs it.
         *
         * @throws E if it fails
         */
        void run() throws E;
    }

    /** Measures some code. */
    private interface Measurement {
        AllocationProfile run() throws Throwable;
    }
}
