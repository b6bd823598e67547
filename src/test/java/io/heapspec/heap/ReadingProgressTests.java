package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.heapspec.heap.ReadingProgress.Step;
import io.heapspec.heap.growth.HeapGrowth;
import io.heapspec.internal.hprof.GeneratedDump;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far the reading of a dump is said to be. */
class ReadingProgressTests {
    @TempDir
    private static Path folder;

    private static Path plain;
    private static Path packed;

    private final Map<Step, List<Double>> told = new EnumMap<>(Step.class);

    @BeforeAll
    static void writeDumps() throws IOException {
        plain = folder.resolve("plain.hprof");
        packed = folder.resolve("packed.hprof.gz");
        GeneratedDump.write(plain, 60_000);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(plain, out);
        }
    }

    private void tell(Path dump, Step step, double share) {
        told.computeIfAbsent(step, any -> new ArrayList<>()).add(share);
    }

    private static void assertRisesToOne(List<Double> shares) {
        assertThat(shares).hasSizeGreaterThan(2).isSorted().endsWith(1.0);
        assertThat(shares.get(0)).isBetween(0.01, 0.9);
    }

    @Test
    void risesToOneWhileADumpIsRead() throws Exception {
        HeapGraph.open(plain, this::tell).close();
        assertThat(told).containsOnlyKeys(Step.READING);
        assertRisesToOne(told.get(Step.READING));
    }

    @Test
    void risesToOneWhileADumpIsInflatedAndAgainWhileItIsRead() throws Exception {
        HeapGraph.open(packed, this::tell).close();
        assertThat(told).containsOnlyKeys(Step.INFLATING, Step.READING);
        told.values().forEach(ReadingProgressTests::assertRisesToOne);
    }

    @Test
    void tellsWhichOfTheDumpsIsRead() throws Exception {
        List<Path> files = new ArrayList<>();
        HeapGrowth.between(List.of(plain, packed), (dump, step, share) -> files.add(dump));
        assertThat(files).containsSubsequence(plain, packed).containsOnly(plain, packed);
    }

    @Test
    void endsTheReadingByAnException() {
        assertThatIllegalStateException()
                .isThrownBy(() -> HeapGraph.open(plain, (dump, step, share) -> {
                    throw new IllegalStateException("enough");
                }))
                .withMessage("enough");
    }
}
