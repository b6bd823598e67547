package io.heapspec;

import org.jspecify.annotations.Nullable;

/** Where tests put what they allocate, so that it is made. Names nothing: lines are looked for in all that a class can reach. */
final class Sink {

    static volatile @Nullable Object object;

    private Sink() {}
}
