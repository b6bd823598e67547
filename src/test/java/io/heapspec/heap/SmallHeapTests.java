package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.hprof.GeneratedDump;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two million objects in JVMs with little memory: what is promised has to suffice, and what cannot has to say so. */
class SmallHeapTests {
    private static final int ORDERS = 200_000;

    @TempDir
    private static Path folder;

    /** All that the class of the orders holds: orders, sessions, the two tables and itself; nearly all objects there are. */
    private static final int DOMINATED = ORDERS * GeneratedDump.OBJECTS_OF_ORDER + 2 * GeneratedDump.SESSIONS + 2 + 1;

    private static Path dump;

    @BeforeAll
    static void writeDump() throws IOException {
        dump = folder.resolve("large.hprof");
        GeneratedDump.write(dump, ORDERS);
    }

    /** What the child JVM does; prints one line. */
    enum Work {
        PATHS {
            @Override
            String with(HeapGraph graph) {
                int[] targets = graph.objectsOf(GeneratedDump.SESSION).toArray();
                return PathFinder.of(graph).shortest(targets).size() + " paths";
            }
        },
        DOMINATORS {
            @Override
            String with(HeapGraph graph) {
                DominatorTree tree = DominatorTree.of(graph);
                int orders = graph.classesNamed(GeneratedDump.ORDERS).get(0).object();
                return tree.retainedObjects(orders) + " objects";
            }
        };

        abstract String with(HeapGraph graph);

        public static void main(String[] arguments) throws IOException {
            try (HeapGraph graph = HeapGraph.open(Path.of(arguments[1]))) {
                System.out.println(valueOf(arguments[0]).with(graph));
            } catch (HeapTooSmallException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String run(Work work, int mebibytes) throws Exception {
        return run(work, mebibytes, mebibytes / 3);
    }

    private static String run(Work work, int mebibytes, int ofYoungGeneration) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + mebibytes + "m",
                        "-Xmn" + ofYoungGeneration + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Work.class.getName(),
                        work.name(),
                        dump.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out.strip();
    }

    @Test
    void pathsTake64MiB() throws Exception {
        assertThat(run(Work.PATHS, 64)).isEqualTo("10 paths");
    }

    @Test
    void dominatorsTake128MiB() throws Exception {
        assertThat(run(Work.DOMINATORS, 128)).isEqualTo(DOMINATED + " objects");
    }

    @Test
    void dominatorsTake40BytesForEachObject() throws Exception {
        assertThat(runWithBytesPerObject(Work.DOMINATORS, 40)).isEqualTo(DOMINATED + " objects");
    }

    @Test
    void pathsTake25BytesForEachObject() throws Exception {
        assertThat(runWithBytesPerObject(Work.PATHS, 25)).isEqualTo("10 paths");
    }

    /** With a young generation so small that all there is lies in the old one, of which 4 MiB are for the JVM's own. */
    private static String runWithBytesPerObject(Work work, double bytes) throws Exception {
        int young = 4;
        int old = (int) Math.ceil(bytes * DOMINATED / (1 << 20)) + 4;
        return run(work, young + old, young);
    }

    @Test
    void saysHowMuchIsNeededWhereMemoryCannotSuffice() throws Exception {
        assertThat(run(Work.PATHS, 24))
                .matches(
                        "Heap dump .*large.hprof has about [12],\\d{3},\\d{3} objects: to look for paths in it takes about"
                                + " \\d\\d\\.\\d MiB of heap, and this JVM may use \\d\\d\\.\\d MiB\\. Give it more with -Xmx\\d\\dm\\.");
    }
}
