package io.heapspec.internal.retention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers values, so that a path over several dumps can be kept in primitive arrays. Ids start at 0. */
final class Names<T> {

    private final Map<T, Integer> ids = new HashMap<>();
    private final List<T> values = new ArrayList<>();

    int idOf(T value) {
        Integer known = ids.get(value);
        if (known != null) {
            return known;
        }
        ids.put(value, values.size());
        values.add(value);
        return values.size() - 1;
    }

    T valueOf(int id) {
        return values.get(id);
    }
}
