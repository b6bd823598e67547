package io.heapspec.internal.advice;

import io.heapspec.result.Leak;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known of each leak of a test. Immutable. */
public final class Diagnoses {

    private final Map<Leak, Diagnosis> byLeak = new LinkedHashMap<>();

    /** Of a test that does not leak. */
    public static final Diagnoses NONE = new Diagnoses();

    private Diagnoses() {}

    /** Looks at leaks. Without any, nothing is read. */
    public Diagnoses(List<Leak> leaks, Scene scene) {
        if (leaks.isEmpty()) {
            return;
        }
        KnownSites sites = KnownSites.ofFields();
        HolderSearch holders = new HolderSearch(KnownSites.ofFrameworks(), scene);
        for (Leak leak : leaks) {
            byLeak.computeIfAbsent(leak, each -> of(each, sites, holders, scene));
        }
    }

    private static Diagnosis of(Leak leak, KnownSites sites, HolderSearch holders, Scene scene) {
        Trail trail = Trail.of(leak.chain());
        var site = sites.nearest(trail);
        Holder holder = holders.of(leak, trail, site);
        var first = scene.earlier().firstTest(leak.fingerprint(), scene.test());
        return new Diagnosis(holder, site, first, Advice.on(leak, holder, site, first));
    }

    /** Returns what is known of one of the leaks. */
    public Diagnosis of(Leak leak) {
        Diagnosis diagnosis = byLeak.get(leak);
        if (diagnosis == null) {
            throw new IllegalArgumentException("no leak that was looked at: " + leak.fingerprint());
        }
        return diagnosis;
    }
}
