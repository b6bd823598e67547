package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.counters.Counters;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.protocol.UnclosedCheck.Openings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "descriptors are not counted there")
class UnclosedCheckTests {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ClassTable CLASSES = new ClassTable();
    private static final LiveSet LIVE_SET = new JvmLiveSet(new Histograms(CLASSES), CLASSES, new Collector());

    // Nothing closes one that is dropped, so that none is closed but by these tests.
    private final Deque<ServerSocketChannel> earlier = new ArrayDeque<>();
    private final Deque<ServerSocketChannel> left = new ArrayDeque<>();
    private int runs;

    @AfterEach
    void closeAll() {
        close(earlier);
        close(left);
    }

    @Test
    void findsWhatEachRunLeavesOpen() throws Exception {
        assertThat(openings(this::open)).isNotNull().matches(Openings::files).matches(Openings::staying);
    }

    @Test
    void acquitsWhatIsClosed() throws Exception {
        assertThat(openings(() -> {
                    open();
                    close(left);
                }))
                .isNull();
    }

    @Test
    void acquitsWhatOnlyTheFirstRunLeavesOpen() throws Exception {
        assertThat(openings(() -> {
                    if (++runs == 1) {
                        open();
                    }
                }))
                .isNull();
    }

    /**
     * What earlier tests left open is closed at any moment, by a thread that is late. A client that was dropped closes a selector, and the two ends of the
     * pipe that wakes it.
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "1, 3", "1, 4", "1, 8", "3, 1", "3, 2", "3, 3", "3, 8"})
    void findsItInWhicheverRunEarlierOnesAreClosed(int many, int run) throws Exception {
        for (int count = 0; count < many; count++) {
            earlier.add(channel());
        }

        Openings openings = openings(() -> {
            open();
            if (++runs == run) {
                close(earlier);
            }
        });

        assertThat(openings).isNotNull().matches(Openings::files).matches(Openings::staying);
    }

    private @Nullable Openings openings(Repetition body) throws NotMeasurableException {
        OpenLevel before =
                new OpenLevel(Counters.openFileDescriptors(), new Cleanables(CLASSES).count(LIVE_SET.count()));
        try (Repeater repeater = new Repeater(body, LIMIT, LIMIT)) {
            return new UnclosedCheck(
                            repeater,
                            LIVE_SET,
                            new Cleanables(CLASSES),
                            new Sensitivity(1),
                            new Linger(Integer.MAX_VALUE),
                            before)
                    .run();
        }
    }

    private void open() {
        left.add(channel());
    }

    private static ServerSocketChannel channel() {
        try {
            return ServerSocketChannel.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Deque<ServerSocketChannel> channels) {
        try {
            while (!channels.isEmpty()) {
                channels.remove().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
