package io.heapspec.internal.watch;

import io.heapspec.heap.HeapInstance;
import java.util.function.Predicate;

/**
 * A class of which no instance is expected to be alive. By name, since the class itself would keep its loader.
 *
 * @param className its name
 * @param leaf whether it can have no subclasses; instances of those are meant, too
 * @param which which of the instances, by their fields as a dump has them
 * @param why why none should be alive
 */
public record UnwantedInstances(String className, boolean leaf, Predicate<HeapInstance> which, String why) {}
