package io.heapspec.internal.baseline;

import io.heapspec.result.ClassAllocations;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What was recorded, in one environment or in several alike.
 *
 * @param key of which test
 * @param environments where, in their order
 * @param classes what it allocated, in the order of the classes' names
 */
record Baseline(BaselineKey key, List<Environment> environments, List<ClassAllocations> classes) {

    Baseline {
        environments = List.copyOf(new TreeSet<>(environments));
        classes = classes.stream()
                .sorted(Comparator.comparing(ClassAllocations::className))
                .toList();
    }

    /** Returns this baseline with one more environment in which it holds. */
    Baseline with(Environment environment) {
        return new Baseline(
                key,
                Stream.concat(environments.stream(), Stream.of(environment)).toList(),
                classes);
    }

    /** Returns this baseline without an environment in which something else holds now. */
    Baseline without(Environment environment) {
        return new Baseline(
                key,
                environments.stream().filter(each -> !each.equals(environment)).toList(),
                classes);
    }
}
