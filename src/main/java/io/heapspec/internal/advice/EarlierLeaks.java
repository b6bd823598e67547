package io.heapspec.internal.advice;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For which test of a run a leak was reported first: two tests that use the same code leak by the same chain.
 *
 * <p>Holds texts only. Thread-safe.
 */
public final class EarlierLeaks {

    private final Map<String, String> testByFingerprint = new ConcurrentHashMap<>();

    /** Returns the test that this leak was reported for before, unless it is the same one, and remembers this one if there is none. */
    Optional<String> firstTest(String fingerprint, String test) {
        String first = testByFingerprint.putIfAbsent(fingerprint, test);
        return Optional.ofNullable(first).filter(name -> !name.equals(test));
    }
}
