package io.heapspec.internal.protocol;

/**
 * What the screen may assume about a test.
 *
 * @param group tests of one group hold objects of much the same shape while they are judged: those of one test class
 * @param kind tests of one kind are run in the same way, and leave the same with their runner
 * @param consecutive whether no other test ran since the last one that was judged
 */
public record TestOrigin(String group, String kind, boolean consecutive) {}
