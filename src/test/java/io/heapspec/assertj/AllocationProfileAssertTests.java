package io.heapspec.assertj;

import static io.heapspec.assertj.HeapSpecAssertions.ALLOCATION_PROFILE;
import static io.heapspec.assertj.HeapSpecAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapspec.result.AllocationProfile;
import io.heapspec.result.AllocationTrace;
import io.heapspec.result.Certification;
import io.heapspec.result.Certification.Certified;
import io.heapspec.result.Certification.Collected;
import io.heapspec.result.Certification.GapsCounted;
import io.heapspec.result.Certification.NotSeen;
import io.heapspec.result.Certification.OthersAllocated;
import io.heapspec.result.ClassAllocations;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class AllocationProfileAssertTests {

    private static final AllocationProfile STRINGS = profile(96, new Certified());

    @Test
    void passesUpToTheLimit() {
        assertThat(STRINGS)
                .allocatedNoMoreThan(4)
                .objects()
                .allocatedNoMoreThan(3)
                .of(String.class)
                .allocatedNoMoreThan(1)
                .of(byte[].class)
                .allocatedNoMoreThan(0)
                .of(Integer.class)
                .allocatedNoMoreThan(96)
                .bytes()
                .isCertified()
                .isNoMoreThan(STRINGS);
    }

    @Test
    void namesLimitCountAndClassesAboveIt() {
        assertThatThrownBy(() ->
                        assertThat(STRINGS).as("parsing").allocatedNoMoreThan(2).of(String.class))
                .isInstanceOf(AssertionError.class)
                .hasMessage(String.format("[parsing] expected at most 2 objects of java.lang.String, but there were 3:"
                        + "%n  3 × java.lang.String, 72 B%n  1 × byte[], 24 B"));
        assertThatThrownBy(() -> assertThat(STRINGS).allocatedNoMoreThan(3).objects())
                .hasMessageContaining("at most 3 objects, but there were 4");
        assertThatThrownBy(() -> assertThat(STRINGS).allocatedNoMoreThan(95).bytes())
                .hasMessageContaining("at most 95 bytes, but there were 96");
        assertThatThrownBy(() -> assertThat(STRINGS).allocatedNothing()).hasMessageContaining("at most 0 bytes");
    }

    @Test
    void passesNoCountThatIsUncertain() {
        AllocationProfile unseen = profile(128, new NotSeen(32));

        assertThat(unseen).allocatedNoMoreThan(6).objects();
        assertThatThrownBy(() -> assertThat(unseen).allocatedNoMoreThan(5).objects())
                .hasMessageContaining("there were 4 to 6")
                .hasMessageContaining("not certified: NotSeen[bytes=32]");
        assertThatThrownBy(() -> assertThat(unseen).isCertified()).hasMessageContaining("NotSeen");
        assertThatThrownBy(() -> assertThat(profile(160, new Collected()))
                        .allocatedNoMoreThan(9)
                        .objects())
                .hasMessageContaining("4 to 10");
        assertThatThrownBy(() -> assertThat(profile(96, new GapsCounted("byte[]")))
                        .allocatedNoMoreThan(1)
                        .of(byte[].class))
                .hasMessageContaining("not certified");
    }

    @Test
    void passesACountThatOthersCanOnlyHaveMadeLarger() {
        assertThat(profile(72, new OthersAllocated(24))).allocatedNoMoreThan(4).objects();
        assertThat(profile(96, new GapsCounted("int[]"))).allocatedNoMoreThan(3).of(String.class);
        assertThat(profile(0, new OthersAllocated(96)))
                .allocatedNothing()
                .allocatedNoMoreThan(0)
                .objects();
    }

    @Test
    void comparesTwoProfilesClassByClass() {
        AllocationProfile fewer = new AllocationProfile(
                List.of(new ClassAllocations("java.lang.String", 2, 48), new ClassAllocations("byte[]", 2, 64)),
                112,
                new Certified());

        assertThatThrownBy(() -> assertThat(STRINGS).isNoMoreThan(fewer))
                .hasMessageContaining("3 × java.lang.String, 72 B, not 2 × java.lang.String");
        assertThatCode(() -> assertThat(STRINGS).isNoMoreThan(profile(96, new Certified())))
                .doesNotThrowAnyException();
    }

    @Test
    void collectsFailuresSoftly() {
        SoftAssertions softly = new SoftAssertions();
        AllocationProfileAssert asserted =
                softly.proxy(AllocationProfileAssert.class, AllocationProfile.class, STRINGS);
        asserted.allocatedNoMoreThan(1).objects();
        asserted.allocatedNoMoreThan(1).bytes();

        assertThat(softly.assertionErrorsCollected()).hasSize(2);
    }

    @Test
    void asksForLinesWhereThereAreNone() {
        assertThatThrownBy(() -> assertThat(STRINGS).allocatedNoMoreThan(9).inCodeOf(String.class))
                .hasMessage("expected at most 9 objects in code of java.lang.String, but no lines are known: "
                        + "Allocations.traced looks for them");
        AllocationProfile refused = STRINGS.tracedBy(AllocationTrace.missing("attaching to this JVM failed"));
        assertThatThrownBy(() -> assertThat(refused).allocatedNoMoreThan(9).onThread("main"))
                .hasMessageEndingWith("but no lines are known: attaching to this JVM failed");
    }

    @Test
    void narrowsAnObject() {
        Object object = STRINGS;

        assertThat(object)
                .asInstanceOf(ALLOCATION_PROFILE)
                .allocatedNoMoreThan(4)
                .objects();
    }

    private static AllocationProfile profile(long bytes, Certification certification) {
        return new AllocationProfile(
                List.of(new ClassAllocations("java.lang.String", 3, 72), new ClassAllocations("byte[]", 1, 24)),
                bytes,
                certification);
    }
}
