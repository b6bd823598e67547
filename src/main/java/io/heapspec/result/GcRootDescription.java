package io.heapspec.result;

/**
 * Where a retention chain starts.
 *
 * @param kind which kind of GC root this is
 * @param text how it is printed, for example {@code static field com.acme.Client.POOL}. Numbers in thread names are shown as
 *     {@code *}, so that the text is the same in every run
 * @since 0.1
 */
public record GcRootDescription(RootKind kind, String text) {}
