package io.heapspec.internal.gc;

/** No collection could be forced, or none could be seen to happen. The message says what was tried. */
public final class CollectionNotConfirmedException extends Exception {

    private static final long serialVersionUID = 1L;

    public CollectionNotConfirmedException(String message) {
        super(message);
    }
}
