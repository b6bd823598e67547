package io.heapspec.internal.disposable;

import java.util.List;

/**
 * What belongs to the life of a test class's instance, before and after its tests.
 *
 * @param instances the test instance outside, behind those that enclose it, outermost first
 * @param before what is called once before all tests, in order
 * @param after what is called once after all tests, in order
 */
public record LifeCycle(List<Object> instances, List<Call> before, List<Call> after) {

    /** Of no instance. */
    public static final LifeCycle NONE = new LifeCycle(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public LifeCycle {
        instances = List.copyOf(instances);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
