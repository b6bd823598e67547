package io.heapspec.internal.protocol;

import io.heapspec.result.GcRootPath;
import org.jspecify.annotations.Nullable;

/**
 * What became of a class loader that nobody should hold.
 *
 * @param kind whether it is held
 * @param evidence what that rests on, as the end of a sentence
 * @param chain the retention chain to it, if it is held strongly
 */
record LoaderFate(Kind kind, String evidence, @Nullable GcRootPath chain) {

    enum Kind {
        COLLECTED,
        SOFTLY_HELD,
        HELD
    }

    boolean isHeld() {
        return kind == Kind.HELD;
    }
}
