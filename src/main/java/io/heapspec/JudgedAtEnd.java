package io.heapspec;

import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** One promise about one test, kept in its store, and judged after every {@code @AfterEach}; what is thrown then becomes the test's result. */
@SuppressWarnings("deprecation") // what JUnit before 5.13 closes
interface JudgedAtEnd extends AutoCloseable, CloseableResource {

    /**
     * Judges the test, unless that is done.
     *
     * @throws RuntimeException if the promise is broken, or could not be judged and that is to end the test
     */
    void judgeAndConclude();

    /** Judges where instances are shared, and are not destroyed with each test. */
    @Override
    default void close() {
        judgeAndConclude();
    }
}
