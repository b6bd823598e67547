package io.heapspec.internal.threads;

import io.heapspec.result.LeakedThread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the threads of a scope saw.
 *
 * @param threads those that are alive, in the order in which they were made
 * @param unseen why there may be virtual threads that were not seen; null if all were
 */
public record Sighting(List<LeakedThread> threads, @Nullable String unseen) {

    public Sighting {
        threads = List.copyOf(threads);
    }
}
