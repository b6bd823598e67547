package io.heapspec;

import io.heapspec.internal.disposable.OutsidePackages;
import io.heapspec.internal.protocol.LoaderPlan;

/**
 * What is promised about the class loader of a test.
 *
 * @param plan how to find out
 * @param outside what is loaded outside
 * @param cure what lets the loader go; {@code Runnable} itself if there is none
 */
record LoaderPromise(LoaderPlan plan, OutsidePackages outside, Class<? extends Runnable> cure) {

    boolean hasCure() {
        return cure != Runnable.class;
    }
}
