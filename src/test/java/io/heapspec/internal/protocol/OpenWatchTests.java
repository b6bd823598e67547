package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.census.ClassTable;
import io.heapspec.result.LeakKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("others open files, too")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "descriptors are not counted there")
class OpenWatchTests {

    private final OpenWatch watch = new OpenWatch(new Cleanables(new ClassTable()));
    private final Deque<FileChannel> open = new ArrayDeque<>();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.createFile(folder.resolve("file"));
    }

    @AfterEach
    void closeAll() throws IOException {
        while (!open.isEmpty()) {
            closeEarliest();
        }
    }

    @Test
    void seesWhatATestLeavesOpen() throws IOException {
        watch.started();
        openOne();
        watch.ran();

        assertThat(watch.isSearchNeeded(plan())).isTrue();
    }

    @Test
    void seesNothingWhereWhatIsOpenedIsClosed() throws IOException {
        watch.started();
        openOne();
        closeEarliest();
        watch.ran();

        assertThat(watch.isSearchNeeded(plan())).isFalse();
    }

    /** The cleaner of the JDK is a thread like others, and runs when it is let. */
    @Test
    void seesWhatIsLeftOpenThoughWhatWasLeftBeforeIsClosedMeanwhile() throws IOException {
        openOne();
        watch.started();
        openOne();
        closeEarliest();
        watch.ran();

        openOne();
        watch.ran();

        assertThat(watch.isSearchNeeded(plan())).isTrue();
    }

    @Test
    void seesWhatIsLeftOpenThoughWhatWasLeftBeforeIsClosedFirst() throws IOException {
        openOne();
        openOne();
        watch.started();
        closeEarliest();
        closeEarliest();
        openOne();
        watch.ran();

        openOne();
        watch.ran();

        assertThat(watch.isSearchNeeded(plan())).isTrue();
    }

    private void openOne() throws IOException {
        open.addLast(FileChannel.open(file));
    }

    private void closeEarliest() throws IOException {
        open.removeFirst().close();
    }

    private LeakPlan plan() {
        return new LeakPlan(
                EnumSet.allOf(LeakKind.class), List.of(), 0, 1, Duration.ofSeconds(10), Duration.ofSeconds(10), folder);
    }
}
