package io.heapspec.internal.protocol;

import io.heapspec.result.StepCosts;

/** Times the steps of a verdict. One for all tests, so that no test has one object more than another. */
final class StepTimer {

    private long last;
    private double screen;
    private double confirm;
    private double explain;

    void start() {
        last = System.nanoTime();
        screen = 0;
        confirm = 0;
        explain = 0;
    }

    void screened() {
        screen = sinceLast();
    }

    void confirmed() {
        confirm = sinceLast();
    }

    void explained() {
        explain = sinceLast();
    }

    StepCosts soFar() {
        return new StepCosts(screen, confirm, explain);
    }

    private double sinceLast() {
        long now = System.nanoTime();
        double millis = (now - last) / 1e6;
        last = now;
        return millis;
    }
}
