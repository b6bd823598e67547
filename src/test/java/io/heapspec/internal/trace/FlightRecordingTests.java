package io.heapspec.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapspec.result.TraceEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTests {

    @TempDir
    Path folder;

    @Name("com.acme.OrderPlaced")
    static final class OrderPlaced extends Event {
        String customer = "";
        long items;
        boolean paid;
        Class<?> kind = long[][].class;
        Thread by = Thread.currentThread();
    }

    @Test
    void readsEventsOfOnesOwn() throws TraceUnavailableException {
        List<TraceEvent> events = recorded(EventSettings.NONE.withStacks("com.acme.OrderPlaced"), () -> {
            OrderPlaced event = new OrderPlaced();
            event.customer = "ada";
            event.items = 3;
            event.commit();
        });

        assertThat(events).hasSize(1);
        TraceEvent event = events.get(0);
        assertThat(event.name()).isEqualTo("com.acme.OrderPlaced");
        assertThat(event.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(event.text("customer")).isEqualTo("ada");
        assertThat(event.number("items")).isEqualTo(3);
        assertThat(event.value("paid")).contains(false);
        assertThat(event.text("kind")).isEqualTo("long[][]");
        assertThat(event.text("by")).isEqualTo(Thread.currentThread().getName());
        assertThat(event.stack())
                .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("readsEventsOfOnesOwn"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.text("price"))
                .withMessage(
                        "there is no field \"price\" in com.acme.OrderPlaced; there are by, customer, items, kind, paid");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.number("customer"))
                .withMessageContaining("is no number: ada");
    }

    @Test
    void readsDurations() throws TraceUnavailableException {
        List<TraceEvent> events =
                recorded(EventSettings.NONE.withStacks("jdk.ThreadPark"), () -> LockSupport.parkNanos(20_000_000));

        assertThat(events).anySatisfy(event -> {
            assertThat(event.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(event.duration()).isGreaterThan(Duration.ofMillis(10));
            assertThat(event.end()).isAfter(event.start());
        });
    }

    @Test
    void readsNothingThatIsNotAskedFor() throws TraceUnavailableException {
        assertThat(recorded(EventSettings.NONE.with("jdk.GarbageCollection"), () -> new OrderPlaced().commit()))
                .noneMatch(event -> event.name().equals("com.acme.OrderPlaced"));
    }

    @Test
    void recordsNothingButWhatItIsAskedForOnRequest() throws Exception {
        new OrderPlaced().commit();
        Path file = folder.resolve("only.jfr");
        try (FlightRecording recording = FlightRecording.startOnly(EventSettings.NONE.with("jdk.ThreadStart"))) {
            new OrderPlaced().commit();
            recording.dump(file);
        }

        assertThat(RecordedEvents.read(file, name -> true))
                .noneMatch(event -> event.name().equals("com.acme.OrderPlaced"));
    }

    @Test
    void leavesTheRecordingsOfOthersAlone() throws Exception {
        Path file = folder.resolve("users.jfr");
        List<TraceEvent> ours;
        try (Recording users = new Recording()) {
            users.enable(OrderPlaced.class);
            users.start();
            new OrderPlaced().commit();
            ours = recorded(EventSettings.NONE.with("jdk.ClassLoad"), () -> new OrderPlaced().commit());
            new OrderPlaced().commit();
            users.dump(file);
        }

        assertThat(RecordedEvents.read(file, name -> name.equals("com.acme.OrderPlaced")))
                .hasSize(3);
        assertThat(ours).hasSizeLessThan(1000);
    }

    @Test
    void writesFilesThatOnlyTheirOwnerReads() throws Exception {
        Path file = folder.resolve("ours.jfr");
        try (FlightRecording recording = FlightRecording.start(EventSettings.NONE.with("jdk.ThreadStart"))) {
            recording.dump(file);
            recording.dump(file);
        }

        assertThat(file).isNotEmptyFile();
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void saysThatItCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("no-folder"));
        try (FlightRecording recording = FlightRecording.start(EventSettings.NONE.with("jdk.ThreadStart"))) {
            assertThatThrownBy(() -> recording.dump(file.resolve("ours.jfr")))
                    .isInstanceOf(TraceUnavailableException.class)
                    .hasMessageStartingWith("the recording could not be written: ");
        }
    }

    @Test
    void saysThatItIsTruncated() throws Exception {
        Path file = folder.resolve("ours.jfr");
        try (FlightRecording recording = FlightRecording.start(EventSettings.NONE.with("jdk.ThreadStart"))) {
            recording.dump(file);
        }
        byte[] whole = Files.readAllBytes(file);
        List<Integer> unread = new ArrayList<>();
        for (int length = 0; length < whole.length; length += whole.length / 23) {
            Path cut = folder.resolve(length + ".jfr");
            Files.write(cut, Arrays.copyOf(whole, length));
            try {
                RecordedEvents.read(cut, name -> true);
            } catch (TraceUnavailableException e) {
                assertThat(e).hasMessageStartingWith("the recording could not be read: ");
                unread.add(length);
            }
        }
        assertThat(unread).hasSizeGreaterThan(20);
    }

    private List<TraceEvent> recorded(EventSettings settings, Runnable work) throws TraceUnavailableException {
        Path file = folder.resolve("recorded.jfr");
        try (FlightRecording recording = FlightRecording.start(settings)) {
            work.run();
            recording.dump(file);
            return RecordedEvents.read(file, settings::has);
        } finally {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
