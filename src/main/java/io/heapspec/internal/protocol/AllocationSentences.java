package io.heapspec.internal.protocol;

import io.heapspec.internal.util.Bytes;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.AllocationScope;
import io.heapspec.result.AllocationTrace;
import io.heapspec.result.Certification;
import io.heapspec.result.Certification.Collected;
import io.heapspec.result.Certification.Disturbed;
import io.heapspec.result.Certification.GapsCounted;
import io.heapspec.result.Certification.Instrumented;
import io.heapspec.result.Certification.NotSeen;
import io.heapspec.result.Certification.OthersAllocated;
import io.heapspec.result.ClassAllocations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a judgement on allocations says of how certain it is, in words. */
final class AllocationSentences {

    private AllocationSentences() {}

    /**
     * Says whether the witnesses agree, and if not, by how much and why.
     *
     * @param alike whether two runs allocated the same
     * @param othersSeen whether what other threads allocated would have been counted
     */
    static String certification(AllocationProfile profile, AllocationPlan plan, boolean alike, boolean othersSeen) {
        if (!othersSeen && !plan.isOfTestThread()) {
            return "not certified: this collector does not count garbage, so what other threads allocated is not known";
        }
        boolean ofAllThreads =
                plan.limits().stream().allMatch(each -> each.limit().scope() == AllocationScope.ALL_THREADS);
        return agreement(profile.certification(), ofAllThreads) + (alike ? ", in two runs alike" : "");
    }

    /**
     * Says by how many objects what instrumentation saw differs from the count, and why; as it is if that run could not be traced.
     */
    static AllocationTrace reconciled(AllocationTrace trace, AllocationProfile profile) {
        if (trace.sites().isEmpty()) {
            return trace.note().isEmpty() ? trace : trace.noting("which lines allocate is not known: " + trace.note());
        }
        long missing = 0;
        long removed = 0;
        for (ClassAllocations each : profile.classes()) {
            long seen = trace.objectsOf(each.className());
            missing += Math.max(0, each.objects() - seen);
            removed += isCount(profile.certification()) ? Math.max(0, seen - each.objects()) : 0;
        }
        List<String> parts = new ArrayList<>();
        if (missing > 0) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d objects have no line: the JVM itself made them, or code that it generates%s",
                    missing,
                    profile.objects(),
                    trace.note().isEmpty() ? "" : "; " + trace.note()));
        }
        if (removed > 0) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%,d %s seen by instrumentation, which the compiler removes",
                    removed,
                    removed == 1 ? "object more was" : "objects more were"));
        }
        return trace.noting(String.join("; ", parts));
    }

    /** Tells whether objects that were not counted were not there. */
    private static boolean isCount(Certification certification) {
        return certification.isExact() || certification instanceof GapsCounted;
    }

    private static String agreement(Certification certification, boolean ofAllThreads) {
        if (certification instanceof OthersAllocated others) {
            String bytes = Bytes.exact(others.bytes());
            return ofAllThreads
                    ? bytes + " of it on other threads"
                    : "not certified: other threads allocated " + bytes + " meanwhile";
        } else if (certification instanceof Disturbed disturbed) {
            return "not certified: other threads allocated while nothing was measured, so the count may be off by "
                    + Bytes.exact(disturbed.bytes());
        } else if (certification instanceof NotSeen notSeen) {
            return "not certified: the class histogram lacks " + Bytes.exact(notSeen.bytes())
                    + " that the thread allocated; this collector may not count garbage";
        } else if (certification instanceof GapsCounted gaps) {
            return "bytes certified; the number of " + gaps.className()
                    + " is not, since gaps between objects count as such on this JVM";
        } else if (certification instanceof Instrumented) {
            return "certified: instrumented code counted objects whose sizes are the thread's bytes";
        } else if (certification instanceof Collected) {
            return "not certified: a collection took objects away before they were counted";
        }
        return "certified: objects times sizes are the thread's bytes";
    }
}
