package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heapspec.rates.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fingerprints as they end up in a baseline: of a program, and of the same program after changes that have nothing to do with its leaks. */
class FingerprintsTests {

    private static final String PROGRAM = """
            package sample;

            import io.heapspec.NoLeak;
            import java.io.FileInputStream;
            import java.util.ArrayList;
            import java.util.HashMap;
            import java.util.List;
            import java.util.Map;
            import java.util.concurrent.CountDownLatch;
            import org.junit.jupiter.api.Test;

            class Session {
                final byte[] data = new byte[100];
            }

            class Registry {
                static final Registry ONLY = new Registry();
                final List<?>[] shelves = new List<?>[4];
                final Map<String, Session> byName = new HashMap<>();

                @SuppressWarnings("unchecked")
                List<Session> shelf(int number) {
                    if (shelves[number] == null) {
                        shelves[number] = new ArrayList<>();
                    }
                    return (List<Session>) shelves[number];
                }
            }

            @NoLeak
            class RegistryTests {
                @Test
                void adds() {
                    Registry.ONLY.shelf(1).add(new Session());
                }

                @Test
                void puts() {
                    Registry.ONLY.byName.put("session " + Registry.ONLY.byName.size(), new Session());
                }

                @Test
                void starts() {
                    Thread thread = new Thread(() -> {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            return;
                        }
                    }, "worker-" + System.nanoTime());
                    thread.setDaemon(true);
                    thread.start();
                }

                @Test
                void opens() throws Exception {
                    new FileInputStream(System.getProperty("java.home") + "/release").read();
                }
            }
            """;

    /** Fields, an index, sizes, counts, addresses and lines are others; what holds what is the same. */
    private static final String CHANGED = PROGRAM.replace("final byte[] data = new byte[100];", """
                    static final Object[] FILLER = new Object[2_000];
                    static { java.util.Arrays.setAll(FILLER, i -> new long[i]); }
                    final String user = "new";
                    final byte[] data = new byte[350];
                    final int[] more = new int[5];
            """)
            .replace(
                    "final List<?>[] shelves = new List<?>[4];",
                    "long opened;\n    final List<?>[] shelves = new List<?>[9];\n    String title = \"registry\";")
            .replace("shelf(1)", "shelf(7)")
            .replace("\"session \"", "\"a session of somebody \"");

    @TempDir
    Path folder;

    @Test
    void areTheSameOnAnotherJdkAndDoNotKnowWhatIsUnrelated() throws Exception {
        assertThat(CHANGED).contains("long opened", "more", "shelf(7)", "somebody");
        Path program = compiled("program", PROGRAM);
        Path changed = compiled("changed", CHANGED);
        List<Jdk> jdks = Jdk.all();
        Jdk one = jdks.get(0);
        Jdk other = jdks.get(jdks.size() - 1);
        Map<String, List<String>> first = fingerprints(program, one);

        assertThat(first.keySet()).hasSize(4);
        assertThat(first.values()).allSatisfy(ofTest -> assertThat(ofTest).hasSize(1));
        assertThat(first.values().stream().flatMap(List::stream)).doesNotHaveDuplicates();
        assertThat(fingerprints(changed, other))
                .as("on JDK %s, like on %s", other.feature(), one.feature())
                .isEqualTo(first);
    }

    private Path compiled(String name, String source) throws IOException {
        Path sources = Files.createDirectories(folder.resolve(name));
        Path file = Files.writeString(sources.resolve("RegistryTests.java"), source);
        Path classes = Files.createDirectories(sources.resolve("classes"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-proc:none", "-d", classes.toString(), file.toString());
        assertThat(result).isZero();
        return classes;
    }

    private Map<String, List<String>> fingerprints(Path program, Jdk jdk) throws Exception {
        Path output = folder.resolve(program.getParent().getFileName() + "-" + jdk.feature());
        ChildJvm.Ended ended = new ChildJvm(output).on(jdk).with(program).run("sample.RegistryTests");
        Map<String, List<String>> found = new TreeMap<>();
        for (JsonObject result : ended.results()) {
            found.put(
                    result.get("test").getAsString(),
                    Stream.of("leaks", "unclosed")
                            .flatMap(kind -> result.getAsJsonArray(kind).asList().stream())
                            .map(JsonElement::getAsJsonObject)
                            .map(each -> each.get("fingerprint").getAsString())
                            .sorted()
                            .toList());
        }
        return found;
    }
}
