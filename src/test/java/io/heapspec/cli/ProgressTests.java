package io.heapspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.heap.ReadingProgress.Step;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is shown to somebody who waits. */
class ProgressTests {
    private static final Path DUMP = Path.of("app.hprof");

    private final StringWriter err = new StringWriter();

    private static String after(int seconds, Progress.Stage stage) {
        return stage.line(stage.since() + TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void showsHowFarAStageIs() {
        try (Progress progress = Progress.to(new PrintWriter(err), false)) {
            progress.isAt(DUMP, Step.READING, 0.429);
            assertThat(after(3, progress.stage())).isEqualTo("reading app.hprof ... 42 %, 3 s");
            progress.isAt(DUMP, Step.INFLATING, 1);
            assertThat(after(2, progress.stage())).isEqualTo("inflating app.hprof ... 100 %, 2 s");
        }
    }

    @Test
    void showsTheTimeAloneWhereNothingElseIsKnown() {
        try (Progress progress = Progress.to(new PrintWriter(err), false)) {
            progress.stage("computing dominators");
            assertThat(after(12, progress.stage())).isEqualTo("computing dominators ... 12 s");
        }
    }

    @Test
    void showsNothingOfWhatIsQuick() {
        try (Progress progress = Progress.to(new PrintWriter(err), true)) {
            progress.isAt(DUMP, Step.READING, 0.5);
            assertThat(after(0, progress.stage())).isEmpty();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void takesTheTimeOfAStageFromItsBeginning() {
        try (Progress progress = Progress.to(new PrintWriter(err), false)) {
            progress.isAt(DUMP, Step.READING, 0.1);
            Progress.Stage begun = progress.stage();
            progress.isAt(DUMP, Step.READING, 0.2);
            assertThat(progress.stage().since()).isEqualTo(begun.since());
        }
    }

    @Test
    void showsNoControlCharactersOfFileNames() {
        Progress.Stage stage = new Progress.Stage("reading \u001b[31m", 0, 0.5);
        assertThat(after(1, stage)).doesNotContain("\u001b").contains("50 %, 1 s");
    }
}
