package io.heapspec.heap;

/**
 * How strongly instances of a class hold their {@code referent}, as in {@link java.lang.ref}.
 *
 * @since 0.1
 */
public enum ReferenceStrength {
    /** An ordinary class: all its references are strong. */
    STRONG,
    /** A {@link java.lang.ref.SoftReference}. */
    SOFT,
    /** A {@link java.lang.ref.WeakReference}. */
    WEAK,
    /** A {@code java.lang.ref.FinalReference}, the VM's own for objects with a finalizer. */
    FINAL,
    /** A {@link java.lang.ref.PhantomReference}, cleaners included. */
    PHANTOM;

    static ReferenceStrength ofClassNamed(String name) {
        return switch (name) {
            case "java.lang.ref.SoftReference" -> SOFT;
            case "java.lang.ref.WeakReference" -> WEAK;
            case "java.lang.ref.FinalReference" -> FINAL;
            case "java.lang.ref.PhantomReference" -> PHANTOM;
            default -> STRONG;
        };
    }
}
