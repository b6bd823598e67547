package io.heapspec.rates;

/**
 * What one says of a test.
 *
 * @param test the test
 * @param leaks whether it does leak
 * @param who {@code heap}, {@code trace}, {@code counters}, {@code all} for HeapSpec, or {@code unscreened} for HeapSpec that repeats every test
 * @param verdict {@code leaks}, {@code clean} or {@code inconclusive}
 * @param millis what asking cost
 */
record Said(String test, boolean leaks, String who, String verdict, double millis) {

    static Said parse(String line) {
        String[] fields = line.split("\t", -1);
        return new Said(fields[0], fields[1].equals("leaks"), fields[2], fields[3], Double.parseDouble(fields[4]));
    }

    boolean accuses() {
        return verdict.equals("leaks");
    }
}
