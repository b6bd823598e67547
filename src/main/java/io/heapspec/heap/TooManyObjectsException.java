package io.heapspec.heap;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Ends the reading of a dump for which the memory of this JVM cannot suffice. */
final class TooManyObjectsException extends IOException {
    /** About what an object takes in a dump: for an estimate where nothing better is known. */
    static final int BYTES_IN_FILE = 45;

    private static final long serialVersionUID = 1L;

    private final long objects;

    /** Creates an exception for a dump with about so many objects. */
    TooManyObjectsException(long objects, @Nullable Throwable cause) {
        super("about " + objects + " objects", cause);
        this.objects = objects;
    }

    long objects() {
        return objects;
    }
}
