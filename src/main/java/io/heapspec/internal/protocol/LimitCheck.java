package io.heapspec.internal.protocol;

import io.heapspec.internal.protocol.ClassFilter.Answer;
import io.heapspec.result.AllocationLimit;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.AllocationScope;
import io.heapspec.result.AllocationSite;
import io.heapspec.result.Certification;
import io.heapspec.result.Certification.Collected;
import io.heapspec.result.Certification.Disturbed;
import io.heapspec.result.Certification.GapsCounted;
import io.heapspec.result.Certification.NotSeen;
import io.heapspec.result.Certification.OthersAllocated;
import io.heapspec.result.ClassAllocations;
import io.heapspec.result.CountRange;
import io.heapspec.result.LimitOutcome;
import io.heapspec.result.RecordedAllocations;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Says what was allocated of what a limit is about, and within which bounds that is certain: bytes that only one witness saw are at most so many
 * objects as the smallest objects have room for.
 *
 * @param limit the limit
 * @param classes the classes that it is about
 */
public record LimitCheck(AllocationLimit limit, ClassFilter classes) {

    private static final long LEAST_OBJECT = 16;
    private static final CountRange ANY = new CountRange(0, AllocationLimit.NONE);

    /** Returns the check that what was recorded is the limit for the same objects. */
    public LimitCheck recorded(RecordedAllocations baseline, boolean exactly) {
        return new LimitCheck(limit.recorded(baseline, exactly), classes);
    }

    /**
     * Holds a profile against the limit.
     *
     * @param othersSeen whether what other threads allocated would have been counted: where garbage is not, it may be any number
     */
    public LimitOutcome check(AllocationProfile profile, boolean othersSeen) {
        boolean unknown = limit.scope() == AllocationScope.ALL_THREADS && !othersSeen;
        return new LimitOutcome(
                limit,
                unknown ? ANY : objects(profile),
                unknown ? ANY : bytes(profile),
                classes(profile),
                sites(profile));
    }

    private List<ClassAllocations> classes(AllocationProfile profile) {
        return profile.classes().stream()
                .filter(each -> classes.includes(each.className()) == Answer.YES)
                .toList();
    }

    private List<AllocationSite> sites(AllocationProfile profile) {
        boolean allThreads = limit.scope() == AllocationScope.ALL_THREADS;
        return profile.sites().stream()
                .filter(site ->
                        allThreads || site.thread().equals(profile.trace().thread()))
                .filter(site -> classes.includes(site.className()) == Answer.YES)
                .toList();
    }

    private CountRange objects(AllocationProfile profile) {
        CountRange all = range(profile, ClassAllocations::objects, LEAST_OBJECT);
        if (profile.certification() instanceof GapsCounted gaps && classes.includes(gaps.className()) != Answer.NO) {
            long counted = profile.objectsOf(gaps.className());
            return new CountRange(
                    all.least() - counted + 1,
                    all.most() - counted + bytesOf(gaps.className(), profile) / LEAST_OBJECT);
        }
        return all;
    }

    private static long bytesOf(String className, AllocationProfile profile) {
        return profile.classes().stream()
                .filter(each -> each.className().equals(className))
                .mapToLong(ClassAllocations::bytes)
                .sum();
    }

    /** The thread's counter is exact, whatever the histogram saw. */
    private CountRange bytes(AllocationProfile profile) {
        return limit.isOfEverything() && limit.scope() == AllocationScope.TEST_THREAD
                ? CountRange.exactly(profile.bytes())
                : range(profile, ClassAllocations::bytes, 1);
    }

    private CountRange range(AllocationProfile profile, ToLongFunction<ClassAllocations> count, long unit) {
        long counted = sum(profile, count, Answer.YES);
        long unknown = sum(profile, count, Answer.UNKNOWN);
        Uncertainty uncertainty = uncertainty(profile);
        if (uncertainty.more() == AllocationLimit.NONE) {
            return ANY;
        }
        long least = Math.max(0, counted - uncertainty.less() / unit);
        long most = counted + unknown + uncertainty.more() / unit;
        if (limit.scope() == AllocationScope.TEST_THREAD) {
            // Its own counter is exact: there is no room for more, whatever the histogram saw.
            most = Math.min(most, profile.bytes() / unit);
            least = Math.min(least, most);
        }
        return new CountRange(least, most);
    }

    private long sum(AllocationProfile profile, ToLongFunction<ClassAllocations> count, Answer answer) {
        return profile.classes().stream()
                .filter(each -> classes.includes(each.className()) == answer)
                .mapToLong(count)
                .sum();
    }

    private Uncertainty uncertainty(AllocationProfile profile) {
        Certification certification = profile.certification();
        boolean allThreads = limit.scope() == AllocationScope.ALL_THREADS;
        if (certification instanceof OthersAllocated others) {
            return new Uncertainty(allThreads ? 0 : others.bytes(), 0);
        } else if (certification instanceof Disturbed disturbed) {
            return new Uncertainty(disturbed.bytes(), disturbed.bytes());
        } else if (certification instanceof NotSeen notSeen) {
            return new Uncertainty(0, notSeen.bytes());
        } else if (certification instanceof Collected) {
            return new Uncertainty(profile.bytes(), allThreads ? AllocationLimit.NONE : profile.bytes());
        }
        assert certification.isExact() || certification instanceof GapsCounted;
        return new Uncertainty(0, 0);
    }

    /**
     * By how many bytes a profile may be wrong.
     *
     * @param less bytes that it may have too many
     * @param more bytes that it may lack
     */
    private record Uncertainty(long less, long more) {}
}
