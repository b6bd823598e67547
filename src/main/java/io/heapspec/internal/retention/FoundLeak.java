package io.heapspec.internal.retention;

import io.heapspec.result.Leak;
import java.util.List;

/**
 * A leak as the dumps show it, and what may be said in its defence.
 *
 * @param leak the leak
 * @param softHeld whether what piles up is held through soft references
 * @param allowedBy the patterns of allowed retention that its chain matches
 */
public record FoundLeak(Leak leak, boolean softHeld, List<String> allowedBy) {

    boolean allowed() {
        return !allowedBy.isEmpty();
    }
}
