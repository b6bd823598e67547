package io.heapspec.internal.retention;

import io.heapspec.result.Leak;

/**
 * A leak as the dumps show it, and what may be said in its defence.
 *
 * @param leak the leak
 * @param softHeld whether what piles up is held through soft references
 * @param allowed whether its chain is one the user allows
 */
public record FoundLeak(Leak leak, boolean softHeld, boolean allowed) {}
