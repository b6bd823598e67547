package io.heapspec.internal.advice;

import java.util.List;
import java.util.Optional;

/**
 * Known sites, in the order of their file.
 *
 * <p>They are read when a failure is put into words, and forgotten: on the heap that the next test is measured on, they would be growth.
 */
record KnownSites(List<KnownSite> all) {

    /** Reads the places of the JDK and of libraries. */
    static KnownSites ofFields() {
        return new KnownSites(SiteFile.read("known-sites.txt"));
    }

    /** Reads whose classes are whose. */
    static KnownSites ofFrameworks() {
        return new KnownSites(SiteFile.read("frameworks.txt"));
    }

    /** Returns what a chain passes, nearest to the leaked object; at one step the first in the file. */
    Optional<KnownSite> nearest(Trail trail) {
        for (int i = trail.steps().size() - 1; i >= 0; i--) {
            Optional<KnownSite> site = at(trail.steps().get(i));
            if (site.isPresent()) {
                return site;
            }
        }
        return all.stream().filter(site -> site.matchesThread(trail.thread())).findFirst();
    }

    Optional<KnownSite> at(Step step) {
        return all.stream().filter(site -> site.matches(step)).findFirst();
    }
}
