package io.heapspec.internal.advice;

import java.util.Optional;

/**
 * What is known of a leak beyond its chain.
 *
 * @param holder whose it is
 * @param site the known site that its chain passes, nearest to the leaked object
 * @param firstSeenIn the earlier test that it was reported for
 * @param advice what to do
 */
public record Diagnosis(Holder holder, Optional<KnownSite> site, Optional<String> firstSeenIn, String advice) {}
