package io.heapspec.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heapspec.rates.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A leak has the same fingerprint on every JDK that is installed. Takes minutes, and runs with {@code -Dheapspec.corpus=true}. */
class FingerprintsOnJdksTests {

    private static final List<String> LEAKS = List.of(
            "staticListKeepsSessions",
            "staticMapKeepsSessions",
            "treeMapKeepsRecords",
            "skipListKeepsRecords",
            "enumMapHasGrowingValues",
            "queueIsNeverPolled",
            "priorityQueueKeepsBoxedNumbers",
            "workQueueHasNoConsumer",
            "sameObjectAgainInArrayList",
            "sameObjectAgainInCopyOnWriteList",
            "oneStringBuilderOnlyGrows",
            "ownLinkedListOnlyGrows",
            "iteratorsAreKept",
            "subListKeepsTheWholeList",
            "loaderIsKeptByAStatic",
            "proxiesAreKept",
            "lambdaCapturesItsContext",
            "statelessLambdaIsAddedAgain",
            "propertyChangeListenerStays",
            "shutdownHookStays",
            "mbeanStaysRegistered",
            "logHandlerStays",
            "fileIsDeletedOnExit",
            "weakHashMapValueRefersToItsKey",
            "cleaningActionCapturesItsObject",
            "threadNeverEnds",
            "executorIsNeverShutDown",
            "timerIsNeverCancelled",
            "cancelledTaskStaysInTheScheduler",
            "threadLocalGrowsOnAPoolThread",
            "tasksQueueUpBehindAStuckOne");

    @TempDir
    Path folder;

    @Test
    @EnabledIfSystemProperty(named = "heapspec.corpus", matches = "true")
    void areTheSame() throws Exception {
        List<Jdk> jdks = Jdk.all();
        Assumptions.assumeTrue(jdks.size() > 1, "there is one JDK only");
        Map<String, TreeSet<String>> first = fingerprints(jdks.get(0));
        assertThat(first).hasSize(LEAKS.size());
        for (Jdk other : jdks.subList(1, jdks.size())) {
            assertThat(fingerprints(other)).as("on JDK %s", other.feature()).isEqualTo(first);
        }
    }

    private Map<String, TreeSet<String>> fingerprints(Jdk jdk) throws IOException, InterruptedException {
        Path output = folder.resolve("jdk" + jdk.feature());
        List<String> command = new ArrayList<>(List.of(
                jdk.java(),
                "-cp",
                System.getProperty("java.class.path"),
                FingerprintRun.class.getName(),
                output.toString()));
        command.addAll(LEAKS);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Map<String, TreeSet<String>> found = new TreeMap<>();
        for (String line : Files.readAllLines(output.resolve("results.jsonl"))) {
            JsonObject result = JsonParser.parseString(line).getAsJsonObject();
            TreeSet<String> ofTest = new TreeSet<>();
            for (JsonElement leak : result.getAsJsonArray("leaks")) {
                ofTest.add(leak.getAsJsonObject().get("fingerprint").getAsString());
            }
            found.put(result.get("test").getAsString(), ofTest);
        }
        return found;
    }
}
