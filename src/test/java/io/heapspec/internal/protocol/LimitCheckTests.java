package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.AllocationLimit;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.AllocationScope;
import io.heapspec.result.Certification;
import io.heapspec.result.Certification.Certified;
import io.heapspec.result.Certification.Collected;
import io.heapspec.result.Certification.Disturbed;
import io.heapspec.result.Certification.GapsCounted;
import io.heapspec.result.Certification.NotSeen;
import io.heapspec.result.Certification.OthersAllocated;
import io.heapspec.result.ClassAllocations;
import io.heapspec.result.CountRange;
import io.heapspec.result.LimitOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitCheckTests {

    private static final ClassLoader LOADER = LimitCheckTests.class.getClassLoader();

    @Test
    void isExactWhereTheWitnessesAgree() {
        assertThat(all(strings(3, new Certified())).objects()).isEqualTo(CountRange.exactly(3));
        assertThat(all(strings(3, new Certified())).bytes()).isEqualTo(CountRange.exactly(72));
    }

    @Test
    void takesAwayAtMostAsManyObjectsAsStrangersHadBytes() {
        AllocationProfile profile = new AllocationProfile(List.of(string(5)), 72, new OthersAllocated(48));

        assertThat(all(profile).objects()).isEqualTo(new CountRange(2, 4));
        assertThat(all(profile).bytes()).isEqualTo(CountRange.exactly(72));
        assertThat(check(Object.class, AllocationScope.ALL_THREADS, profile).objects())
                .isEqualTo(CountRange.exactly(5));
    }

    @Test
    void isCertainOfNothingWhereTheThreadAllocatedNothing() {
        AllocationProfile profile = new AllocationProfile(List.of(string(5)), 0, new OthersAllocated(120));

        assertThat(all(profile).objects()).isEqualTo(CountRange.exactly(0));
    }

    @Test
    void addsWhatTheHistogramDidNotSee() {
        AllocationProfile profile = new AllocationProfile(List.of(string(1)), 72, new NotSeen(48));

        assertThat(all(profile).objects()).isEqualTo(new CountRange(1, 4));
    }

    @Test
    void knowsTheThreadsBytesWhereACollectionTookTheObjects() {
        AllocationProfile profile = new AllocationProfile(List.of(string(1)), 160, new Collected());

        assertThat(all(profile).objects()).isEqualTo(new CountRange(0, 10));
        assertThat(all(profile).bytes()).isEqualTo(CountRange.exactly(160));
        assertThat(check(Object.class, AllocationScope.ALL_THREADS, profile).bytes())
                .isEqualTo(new CountRange(0, AllocationLimit.NONE));
    }

    @Test
    void mayBeWrongEitherWayWhereItWasDisturbed() {
        AllocationProfile profile = new AllocationProfile(List.of(string(4)), 240, new Disturbed(32));

        assertThat(all(profile).objects()).isEqualTo(new CountRange(2, 6));
    }

    @Test
    void countsNoMoreArraysThanTheirBytesHaveRoomFor() {
        AllocationProfile profile = new AllocationProfile(
                List.of(string(2), new ClassAllocations("int[]", 1, 48)), 96, new GapsCounted("int[]"));

        assertThat(all(profile).objects()).isEqualTo(new CountRange(3, 5));
        assertThat(check(String.class, AllocationScope.TEST_THREAD, profile).objects())
                .isEqualTo(CountRange.exactly(2));
    }

    @Test
    void meansSubclassesAndTheirArrays() {
        ClassFilter numbers = new SubtypesOf(Number[].class, List.of(LOADER));

        assertThat(numbers.includes("java.lang.Integer[]")).isEqualTo(ClassFilter.Answer.YES);
        assertThat(numbers.includes("java.lang.Number[]")).isEqualTo(ClassFilter.Answer.YES);
        assertThat(numbers.includes("java.lang.Integer[][]")).isEqualTo(ClassFilter.Answer.NO);
        assertThat(numbers.includes("int[]")).isEqualTo(ClassFilter.Answer.NO);
        assertThat(new SubtypesOf(Object[].class, List.of(LOADER)).includes("int[][]"))
                .isEqualTo(ClassFilter.Answer.YES);
    }

    @Test
    void doesNotKnowWhatALambdaImplements() {
        String lambda = "com.acme.Cart$$Lambda";

        assertThat(new SubtypesOf(Runnable.class, List.of(LOADER)).includes(lambda))
                .isEqualTo(ClassFilter.Answer.UNKNOWN);
        assertThat(new SubtypesOf(Number.class, List.of(LOADER)).includes(lambda))
                .isEqualTo(ClassFilter.Answer.NO);
        AllocationProfile profile =
                new AllocationProfile(List.of(new ClassAllocations(lambda, 2, 32)), 32, new Certified());
        assertThat(check(Runnable.class, AllocationScope.TEST_THREAD, profile).objects())
                .isEqualTo(new CountRange(0, 2));
    }

    @Test
    void doesNotKnowWhatOthersAllocatedWhereGarbageIsNotCounted() {
        AllocationLimit limit =
                new AllocationLimit(10, AllocationLimit.NONE, AllocationLimit.EVERYTHING, AllocationScope.ALL_THREADS);

        LimitOutcome outcome = new LimitCheck(limit, ClassFilter.EVERYTHING).check(strings(2, new Certified()), false);

        assertThat(outcome.isKept()).isFalse();
        assertThat(outcome.isBroken()).isFalse();
    }

    private static LimitOutcome all(AllocationProfile profile) {
        return check(Object.class, AllocationScope.TEST_THREAD, profile);
    }

    private static LimitOutcome check(Class<?> of, AllocationScope scope, AllocationProfile profile) {
        AllocationLimit limit = new AllocationLimit(10, AllocationLimit.NONE, of.getTypeName(), scope);
        return new LimitCheck(limit, new SubtypesOf(of, List.of(LOADER))).check(profile, true);
    }

    private static AllocationProfile strings(int count, Certification certification) {
        return new AllocationProfile(List.of(string(count)), 24L * count, certification);
    }

    private static ClassAllocations string(int count) {
        return new ClassAllocations("java.lang.String", count, 24L * count);
    }
}
