package io.heapspec.internal.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTests {

    @TempDir
    Path folder;

    @Test
    void tellsNothingWhereTheSystemDoesNot() {
        assertThat(Descriptors.read(folder.resolve("missing")).bySort()).isEmpty();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC}) // which have symbolic links for everybody
    void tellsSortsAndNoNames() throws IOException {
        link("0", "/home/ada/secrets.txt");
        link("1", "socket:[17]");
        link("2", "pipe:[18]");
        link("3", "anon_inode:[eventpoll]");
        link("4", "anon_inode:inotify");
        link("5", "socket:[19]");

        assertThat(Descriptors.read(folder).bySort())
                .isEqualTo(Map.of("file", 1, "socket", 2, "pipe", 1, "selector", 1, "other", 1));
    }

    /** Closed between being listed and being read. */
    @Test
    void countsWhatCannotBeReadAsOther() throws IOException {
        Files.createFile(folder.resolve("0"));

        assertThat(Descriptors.read(folder).bySort()).isEqualTo(Map.of("other", 1));
    }

    @Test
    void subtractsWhatWasOpenBefore() {
        Descriptors before = new Descriptors(Map.of("file", 3, "pipe", 1));
        Descriptors after = new Descriptors(Map.of("file", 5, "socket", 1));

        assertThat(after.minus(before)).isEqualTo(Map.of("file", 2, "socket", 1));
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    }
}
