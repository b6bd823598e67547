package io.heapspec.result;

/**
 * The JVM that a verdict was reached in.
 *
 * @param version the runtime's version, for example {@code 17.0.15}
 * @param vm name of the virtual machine
 * @param collector names of the garbage collectors
 * @param maxHeapBytes largest heap
 * @since 0.1
 */
public record JvmDescription(String version, String vm, String collector, long maxHeapBytes) {}
