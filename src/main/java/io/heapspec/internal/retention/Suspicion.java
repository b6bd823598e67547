package io.heapspec.internal.retention;

import java.util.Set;

/**
 * What the class histogram saw growing all the time, as names of classes.
 *
 * @param piling classes of which there are ever more objects; growth of others is a coincidence
 * @param stretching classes of arrays that became longer, or more
 */
public record Suspicion(Set<String> piling, Set<String> stretching) {

    public Suspicion {
        piling = Set.copyOf(piling);
        stretching = Set.copyOf(stretching);
    }

    boolean isOfArray(String type) {
        return stretching.contains(type) || piling.contains(type);
    }
}
