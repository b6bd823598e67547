package io.heapspec.internal.protocol;

import io.heapspec.internal.threads.AllowedThreads;
import java.time.Duration;

/**
 * How the threads of a scope are judged.
 *
 * @param linger how long they have to end
 * @param allowed which may be left
 * @param failOnUncaught whether an exception that nobody caught on one of them breaks the promise
 */
public record ThreadPlan(Duration linger, AllowedThreads allowed, boolean failOnUncaught) {}
