package io.heapspec.rates;

/**
 * The body of a test of which it is known whether it leaks.
 *
 * @param name what it does
 * @param kind the right answer
 * @param rarity for a leak, in one run out of how many it happens; 1 for all others
 * @param action the body
 * @param end undoes what would burden the bodies after it
 */
record Body(String name, Kind kind, int rarity, Action action, Runnable end) {

    static Body clean(String name, Action action) {
        return new Body(name, Kind.CLEAN, 1, action, () -> {});
    }

    static Body filling(String name, Action action) {
        return new Body(name, Kind.FILLING, 1, action, () -> {});
    }

    static Body leaking(String name, Action action) {
        return rare(name, 1, action);
    }

    static Body rare(String name, int rarity, Action action) {
        return new Body(name, Kind.LEAKING, rarity, action, () -> {});
    }

    Body endedBy(Runnable ending) {
        return new Body(name, kind, rarity, action, ending);
    }

    @Override
    public String toString() {
        return name;
    }

    enum Kind {
        CLEAN,
        /** Bounded, but not full yet: no leak, and nothing that growth alone could tell from one. */
        FILLING,
        LEAKING
    }

    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
