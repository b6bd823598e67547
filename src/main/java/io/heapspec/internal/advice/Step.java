package io.heapspec.internal.advice;

import io.heapspec.internal.util.ClassNames;

/**
 * One step of a chain, as patterns see it.
 *
 * @param type class of the object, or the class with the static field or the method at the root
 * @param field the field by which the chain goes on; empty if it ends here or goes on otherwise
 * @param isThreadLocal whether what the field holds is a {@code ThreadLocal}, and the chain goes on by its value on a thread
 */
record Step(String type, String field, boolean isThreadLocal) {

    Step(String type, String field) {
        this(type, field, false);
    }

    /** Tells whether this is of a user's or a library's code, and not of the JDK, an array or nothing. */
    boolean isOfApplication() {
        return !type.isEmpty() && !type.endsWith("]") && !ClassNames.isOfJdk(type);
    }
}
