package io.heapspec.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.allocation.Company.Share;
import io.heapspec.internal.allocation.HeapReader.EmptyWindow;
import io.heapspec.internal.census.Census;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes 0 and 1 have objects of 24 and 32 bytes. */
class CompanyTests {

    private final Company company = new Company();

    @Test
    void knowsNothingFromOneOrTwoTimes() {
        company.saw(List.of(of(1, 1), of(1, 1)));

        assertThat(company.shareOf(of(5, 5), bytes -> true).uncertain()).isZero();
        assertThat(company.shareOf(of(5, 5), bytes -> true).strangers().totalBytes())
                .isZero();
    }

    /** It is in the longest window, which is longer than four others. */
    @Test
    void knowsNothingFromWhatHappenedOnce() {
        company.saw(List.of(waiting(0, 0), waiting(17, 0), waiting(0, 0), waiting(29, 0), waiting(43, 1)), -1);

        assertThat(company.shareOf(of(1, 0), bytes -> true).strangers().totalBytes())
                .isZero();
        assertThat(company.shareOf(of(1, 0), bytes -> true).uncertain()).isZero();
    }

    @Test
    void knowsWhatIsInEachWindowThatWaits() {
        company.saw(List.of(waiting(0, 1), waiting(17, 2), waiting(0, 0), waiting(29, 3), waiting(43, 4)), -1);

        assertThat(company.shareOf(of(2, 0), bytes -> bytes == 24).strangers().count(0))
                .isEqualTo(1);
    }

    private static EmptyWindow waiting(int millis, int objects) {
        return new EmptyWindow(of(objects, 0), 1_000, millis * 1_000_000L);
    }

    @Test
    void findsTheCommonMeasureOfWhatItSaw() {
        company.saw(List.of(of(4, 2), of(0, 0), of(6, 3), of(10, 5)));

        Share share = company.shareOf(of(5, 9), bytes -> bytes > 80);

        assertThat(share.uncertain()).isZero();
        assertThat(share.strangers().count(0)).isEqualTo(4);
        assertThat(share.strangers().count(1)).isEqualTo(2);
        assertThat(share.strangers().totalBytes()).isEqualTo(2 * (2 * 24 + 32));
    }

    @Test
    void tellsApartWhatComesAtDifferentIntervals() {
        company.saw(List.of(of(4, 0), of(3, 1), of(4, 0), of(3, 0), of(2, 1), of(3, 1)));

        Share share = company.shareOf(of(4, 1), bytes -> bytes == 3 * 24 + 32);

        assertThat(share.uncertain()).isZero();
        assertThat(share.strangers().count(0)).isEqualTo(3);
        assertThat(share.strangers().count(1)).isEqualTo(1);
    }

    /** Then what comes together looks as if it came at different intervals. */
    @Test
    void doesNotMindAWindowThatEndsWithinARound() {
        company.saw(List.of(of(2, 2), of(2, 1), of(3, 3), of(5, 5)));

        Share share = company.shareOf(of(4, 4), bytes -> bytes == 24 + 32);

        assertThat(share.uncertain()).isZero();
        assertThat(share.strangers().count(0)).isEqualTo(1);
        assertThat(share.strangers().count(1)).isEqualTo(1);
    }

    @Test
    void saysWhereMoreThanOneNumberIsPossible() {
        company.saw(List.of(of(1, 0), of(2, 0), of(3, 0)));

        Share share = company.shareOf(of(2, 0), bytes -> true);

        assertThat(share.uncertain()).isEqualTo(2 * 24);
        assertThat(share.strangers().totalBytes()).isZero();
    }

    @Test
    void seesNothingInNothing() {
        company.saw(List.of(of(0, 0), of(0, 0), of(0, 0)));

        assertThat(company.shareOf(of(5, 5), bytes -> true).uncertain()).isZero();
    }

    @Test
    void keepsWhatItKnowsWhileItIsNotSeen() {
        company.saw(List.of(of(1, 0), of(2, 0), of(3, 0)));
        company.saw(List.of(of(0, 3), of(0, 1), of(0, 1)));

        Share share = company.shareOf(of(1, 1), bytes -> bytes == 24);

        assertThat(share.strangers().count(0)).isEqualTo(1);
    }

    @Test
    void learnsAnew() {
        company.saw(List.of(of(2, 0), of(2, 0), of(4, 0)));
        company.saw(List.of(of(1, 0), of(2, 0), of(3, 0)));

        assertThat(company.shareOf(of(1, 0), bytes -> bytes == 24).strangers().count(0))
                .isEqualTo(1);
    }

    private static Census of(int first, int second) {
        return new Census(new long[] {first, second}, new long[] {first * 24L, second * 32L});
    }
}
