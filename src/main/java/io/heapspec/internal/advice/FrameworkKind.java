package io.heapspec.internal.advice;

import java.util.Locale;

/** What holds a leak where it is not the code that is tested: in results, and in the files of known sites, as {@link #word()}. */
enum FrameworkKind {
    /** JUnit, and what runs it. */
    TEST_FRAMEWORK,
    /** Mocks, stubs and servers that record what they are asked. */
    MOCK_FRAMEWORK,
    /** Logging, telemetry and captured output. */
    LOG_BUFFER;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FrameworkKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
