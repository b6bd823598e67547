package io.heapspec.result;

/**
 * What a witness says of a verdict.
 *
 * @since 0.1
 */
public enum Agreement {
    /** It saw the same. */
    SUPPORTS,
    /** It would have seen it, and saw something else. */
    CONTRADICTS,
    /** It could not see it, or was not asked. */
    SILENT
}
