package io.heapspec.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.stream.JsonReader;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.ThreadOwner;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadDumpReaderTests {

    @Test
    void tellsVirtualThreadsOfJdk21ByTheirFrames() throws IOException {
        List<LeakedThread> threads = read("""
                {"threadDump": {"processId": "1", "threadContainers": [
                  {"container": "<root>", "parent": null, "owner": null, "threads": [
                    {"tid": "1", "name": "main", "stack": ["java.base\\/java.lang.Thread.run(Thread.java:1)"]},
                    {"tid": "30", "name": "", "stack": [
                      "java.base\\/java.lang.VirtualThread.park(VirtualThread.java:582)",
                      "com.acme\\/com.acme.Shop.wait(Shop.java:3)",
                      "java.base\\/java.lang.VirtualThread.run(VirtualThread.java:309)"]},
                    {"tid": "31", "name": "no frames", "stack": []}], "threadCount": "3"},
                  {"container": "java.util.concurrent.ThreadPerTaskExecutor@1b", "threads": [
                    {"tid": "32", "name": "a \\"task\\"", "stack": [
                      "com.acme.Shop.run(Shop.java:4)",
                      "java.base\\/java.lang.VirtualThread.run(VirtualThread.java:309)"]}]}]}}
                """);

        assertThat(threads)
                .containsExactly(
                        new LeakedThread(
                                30,
                                "",
                                "WAITING",
                                true,
                                true,
                                "VirtualThreads",
                                ThreadOwner.NOBODY,
                                false,
                                List.of(
                                        "java.lang.VirtualThread.park(VirtualThread.java:582)",
                                        "com.acme.Shop.wait(Shop.java:3)",
                                        "java.lang.VirtualThread.run(VirtualThread.java:309)")),
                        new LeakedThread(
                                32,
                                "a \"task\"",
                                "RUNNABLE",
                                true,
                                true,
                                "VirtualThreads",
                                ThreadOwner.EXECUTOR,
                                false,
                                List.of(
                                        "com.acme.Shop.run(Shop.java:4)",
                                        "java.lang.VirtualThread.run(VirtualThread.java:309)")));
    }

    @Test
    void takesWhatLaterJdksSay() throws IOException {
        List<LeakedThread> threads = read("""
                {"threadDump": {"formatVersion": 2, "threadContainers": [{"container": "<root>", "threads": [
                  {"tid": 23, "virtual": true, "name": "v", "state": "TIMED_WAITING", "monitorsOwned": [{"depth": 4}],
                   "stack": []}]}]}}
                """);

        assertThat(threads).extracting(LeakedThread::state).containsExactly("TIMED_WAITING");
    }

    @Test
    void refusesWhatIsNoThreadDump() {
        assertThatThrownBy(() -> read("[]")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> read("{\"threadDump\": {")).isInstanceOf(IOException.class);
    }

    private static List<LeakedThread> read(String json) throws IOException {
        return new ThreadDumpReader(new JsonReader(new StringReader(json))).virtualThreads();
    }
}
