package io.heapspec.result;

/**
 * What {@code @NoLeak} finds: something that piles up on the heap, or something that is left open.
 *
 * @since 0.1
 */
public sealed interface Finding permits Leak, UnclosedResource {

    /** Returns the same for the same finding in every run and on every JDK. */
    String fingerprint();

    /** Returns what it is. */
    LeakKind kind();

    /** Returns how soon it is felt. */
    Severity severity();

    /** Returns the class of the object that leaks, or should have been closed; empty if it is gone. */
    String leakedClass();

    /** Returns where it is, for a reader, without what differs from run to run: {@code com.acme.Session in static field com.acme.Cart.OPEN}. */
    String place();
}
