package io.heapspec.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RepositoryTests {

    @Test
    void refusesToRecordWhereThereIsNoRoom() {
        Repository full = new Repository(Path.of("recordings"), () -> 3 << 20);

        assertThatThrownBy(full::check)
                .isInstanceOf(TraceUnavailableException.class)
                .hasMessage("Flight Recorder needs 64.0 MiB in recordings, where 3.0 MiB are left;"
                        + " a full disk would end the JVM");
        assertThatCode(new Repository(Path.of("recordings"), () -> 64 << 20)::check)
                .doesNotThrowAnyException();
    }

    @Test
    void isWhereTheCommandLineSaysElseWithTemporaryFiles() {
        assertThat(Repository.configured("stackdepth=64,repository=/var/jfr,memorysize=10m"))
                .isEqualTo(Path.of("/var/jfr"));
        assertThat(Repository.configured("repository=/var/jfr")).isEqualTo(Path.of("/var/jfr"));
        assertThat(Repository.configured("stackdepth=64")).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Test
    void isWhereFlightRecorderWrites() throws Exception {
        try (FlightRecording recording = FlightRecording.start(EventSettings.NONE.withMarks())) {
            FlightRecording.mark();
            Path folder = Repository.ofThisJvm().folder();

            assertThat(folder).isDirectory();
            assertThat(Repository.ofThisJvm().usable().getAsLong())
                    .isCloseTo(
                            Files.getFileStore(folder).getUsableSpace(), org.assertj.core.data.Offset.offset(1L << 30));
            assertThat(recording.events(name -> name.equals(Mark.NAME), folder)).hasSize(1);
        }
    }
}
