package io.heapspec.assertj;

import static io.heapspec.assertj.HeapSpecAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HprofWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapGraphAssertTests {
    @TempDir
    private Path folder;

    private HeapGraph dump;

    /** Two sessions with a buffer each in a static array, and one that nobody refers to. */
    @BeforeEach
    void open() throws Exception {
        HprofWriter writer = new HprofWriter(8)
                .addClass(0x100, "java/lang/Object", 0)
                .addClass(0x120, "[Lcom/acme/Session;", 0x100)
                .addClass(
                        0x140,
                        "com/acme/Client",
                        0x100,
                        0,
                        List.of(new HprofWriter.Field("POOL", BasicType.OBJECT, 0x1000)))
                .addClass(0x160, "com/acme/Session", 0x100, HprofWriter.reference("buffer"))
                .addObjectArray(0x1000, 0x120, 0x1018, 0x10a0)
                .addInstance(0x1018, 0x160, 0x1028)
                .addPrimitiveArray(0x1028, 8, new long[100])
                .addInstance(0x10a0, 0x160, 0x10b0)
                .addPrimitiveArray(0x10b0, 8, new long[100])
                .addInstance(0x1128, 0x160, 0)
                .addStickyClass(0x140);
        Path file = folder.resolve("dump.hprof");
        Files.write(file, writer.toBytes());
        dump = HeapGraph.open(file);
    }

    @AfterEach
    void close() {
        dump.close();
    }

    @Test
    void passesWithinTheLimits() {
        assertThat(dump)
                .hasNoInstancesOf("com.acme.Missing")
                .hasNoInstancesOf(HeapGraphAssertTests.class)
                .retainsLessThan("1 MiB")
                .instancesOf("com.acme.Session")
                .hasSize(2)
                .hasAtMost(2)
                .retainLessThan("1 KiB");
    }

    @Test
    void showsWhatHoldsAnInstance() {
        assertThatThrownBy(() -> assertThat(dump).as("after logout").hasNoInstancesOf("com.acme.Session"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "[after logout] expected no instance of com.acme.Session, but there are 2, the first held by:",
                        "  GC root: static field com.acme.Client.POOL",
                        "    └ com.acme.Session[]  [*]",
                        "      └ com.acme.Session"));
    }

    @Test
    void saysHowManyThereAre() {
        assertThatThrownBy(
                        () -> assertThat(dump).instancesOf("com.acme.Session").hasAtMost(1))
                .hasMessageStartingWith("expected at most 1 instance of com.acme.Session, but there are 2, the first");
        assertThatThrownBy(
                        () -> assertThat(dump).instancesOf("com.acme.Session").hasSize(3))
                .hasMessageStartingWith("expected 3 instances of com.acme.Session, but there are 2, the first");
        assertThatThrownBy(
                        () -> assertThat(dump).instancesOf("com.acme.Missing").hasSize(3))
                .hasMessage("expected 3 instances of com.acme.Missing, but there is none");
    }

    @Test
    void saysHowMuchIsRetained() {
        assertThatThrownBy(
                        () -> assertThat(dump).instancesOf("com.acme.Session").retainLessThan("272 B"))
                .hasMessageStartingWith(
                        "expected instances of com.acme.Session to retain less than 272 B, but they retain"
                                + " 272 B in 4 objects; there are 2, the first held by:");
        assertThatThrownBy(() -> assertThat(dump).retainsLessThan("100 B"))
                .hasMessageStartingWith("expected less than 100 B to be reachable, but it is ")
                .hasMessageContaining("most is retained by:" + System.lineSeparator() + "  class com.acme.Client, ");
    }

    @Test
    void refusesWhatIsNoSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(dump).retainsLessThan("10 MB"))
                .withMessageContaining("use B, KiB, MiB or GiB");
    }
}
