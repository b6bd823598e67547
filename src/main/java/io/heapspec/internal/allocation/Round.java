package io.heapspec.internal.allocation;

import io.heapspec.internal.census.Census;
import java.util.ArrayList;
import java.util.List;

/**
 * What a thread allocates each time it does its work.
 *
 * @param parts at least one class
 */
record Round(List<Part> parts) {

    /** What was seen once or twice may be anything. */
    private static final int CONFIRMED = 3;

    /**
     * Objects of one class.
     *
     * @param classId its number
     */
    record Part(int classId, int objects, long bytes) {}

    Round {
        parts = List.copyOf(parts);
    }

    /**
     * Returns what makes up some counts: classes of which there are always as many, in proportion, are of one round. Where a count ends within a
     * round, its classes come apart: then each is a round.
     */
    static List<Round> in(List<Census> counts) {
        int limit = counts.stream().mapToInt(Census::limit).max().orElse(0);
        List<Series> leaders = new ArrayList<>();
        List<List<Part>> rounds = new ArrayList<>();
        for (int id = 0; id < limit; id++) {
            Series series = Series.of(id, counts);
            if (series.isRegular()) {
                int at = 0;
                while (at < leaders.size() && !series.isProportionalTo(leaders.get(at))) {
                    at++;
                }
                if (at == leaders.size()) {
                    leaders.add(series);
                    rounds.add(new ArrayList<>());
                }
                rounds.get(at).add(series.measure());
            }
        }
        return rounds.stream().map(Round::new).toList();
    }

    boolean sharesClassWith(Round other) {
        return parts.stream().anyMatch(part -> other.parts.stream().anyMatch(each -> each.classId == part.classId));
    }

    long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /** Returns how often a census has all of this, at most. */
    int mostIn(Census census) {
        long most = Integer.MAX_VALUE;
        for (Part part : parts) {
            most = Math.min(
                    most, Math.min(census.count(part.classId) / part.objects, census.bytes(part.classId) / part.bytes));
        }
        return (int) most;
    }

    /** Returns what this is some times over. */
    Census times(int times) {
        int limit = parts.stream().mapToInt(Part::classId).max().orElse(0) + 1;
        long[] counts = new long[limit];
        long[] bytes = new long[limit];
        for (Part part : parts) {
            counts[part.classId] = (long) times * part.objects;
            bytes[part.classId] = times * part.bytes;
        }
        return new Census(counts, bytes);
    }

    /**
     * How many objects of a class there were each time.
     *
     * @param size of each, in bytes; 0 where they differ
     */
    private record Series(int classId, long[] objects, long size) {

        static Series of(int classId, List<Census> counts) {
            long[] objects =
                    counts.stream().mapToLong(each -> each.count(classId)).toArray();
            long size = 0;
            for (Census each : counts) {
                long count = each.count(classId);
                if (count > 0) {
                    long one = each.bytes(classId) / count;
                    boolean same = one * count == each.bytes(classId) && (size == 0 || size == one);
                    if (!same) {
                        return new Series(classId, objects, 0);
                    }
                    size = one;
                }
            }
            return new Series(classId, objects, size);
        }

        boolean isRegular() {
            int seen = 0;
            for (long each : objects) {
                seen += each > 0 ? 1 : 0;
            }
            return size > 0 && seen >= CONFIRMED;
        }

        boolean isProportionalTo(Series other) {
            for (int i = 0; i < objects.length; i++) {
                for (int j = 0; j < i; j++) {
                    if (objects[i] * other.objects[j] != objects[j] * other.objects[i]) {
                        return false;
                    }
                }
            }
            return true;
        }

        /** Returns the most that all counts are a multiple of, as Euclid finds it. */
        Part measure() {
            long measure = 0;
            for (long each : objects) {
                measure = gcd(measure, each);
            }
            return new Part(classId, (int) measure, measure * size);
        }

        private static long gcd(long one, long other) {
            return other == 0 ? one : gcd(other, one % other);
        }
    }
}
