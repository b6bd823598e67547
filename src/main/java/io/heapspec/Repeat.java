package io.heapspec;

/**
 * How a test is repeated to confirm that something leaks.
 *
 * @since 0.1
 */
public enum Repeat {
    /**
     * The whole life cycle, from {@code @BeforeAll} to {@code @AfterAll}, with a new test instance each time. Where that cannot be done
     * (the launcher is missing, or the second {@code @BeforeAll} fails), as {@link #BODY}.
     */
    WHOLE_LIFE_CYCLE,
    /** The body between its {@code @BeforeEach} and {@code @AfterEach} methods, on the same test instance. */
    BODY,
    /** Not at all. Growth is then inconclusive, since no leak is reported that was not reproduced. */
    NEVER
}
