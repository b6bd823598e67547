package io.heapspec.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapspec.result.LeakedThread;
import io.heapspec.result.ThreadOwner;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedThreadsTests {

    @Test
    void matchWholeNames() {
        assertThat(allows("refresher", "refresher")).isTrue();
        assertThat(allows("refresher", "refresher-2")).isFalse();
        assertThat(allows("refresher", "my refresher")).isFalse();
        assertThat(allows("pool-*-thread-*", "pool-12-thread-1")).isTrue();
        assertThat(allows("pool-*-thread-*", "my pool-12-thread-1")).isFalse();
        assertThat(allows("pool-*", "pool-1\nof two lines")).isTrue();
        assertThat(allows("a.c", "abc")).isFalse();
        assertThat(allows("a\\E.*\\Qc", "abc")).isFalse();
    }

    @Test
    void meanVirtualThreadsWithoutANameByAnEmptyOne() {
        assertThat(allows("", "")).isTrue();
        assertThat(allows("", "a")).isFalse();
    }

    @Test
    void refuseToAllowEverything() {
        assertThatThrownBy(() -> AllowedThreads.parse(List.of("ok", "**")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"**\" allows every thread; write a name, or a part of it with *, as in pool-*");
    }

    private static boolean allows(String pattern, String name) {
        return AllowedThreads.parse(List.of(pattern))
                .include(new LeakedThread(
                        1, name, "RUNNABLE", false, false, "main", ThreadOwner.NOBODY, false, List.of()));
    }
}
