package io.heapspec.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Holds help and page against what the commands understand and print. */
class CliDocumentationTests {
    private static final Path PAGE = Path.of("docs/cli.md");
    private static final Path GOLDEN = Path.of("src/test/resources/golden/cli");

    @Test
    void showExamplesThatAreUnderstood() throws IOException {
        List<String> examples = new ArrayList<>(find("(?m)^heapspec (.*)$", read(PAGE)));
        CommandLine all = Main.commandLine(false);
        Stream.concat(Stream.of(all), all.getSubcommands().values().stream())
                .flatMap(command ->
                        Arrays.stream(command.getCommandSpec().usageMessage().footer()))
                .forEach(line -> examples.addAll(find("^  heapspec (.*)$", line)));
        assertThat(examples).hasSizeGreaterThan(15);
        for (String example : examples) {
            String[] args = Arrays.stream(example.split(" "))
                    .map(arg -> arg.replace("'", ""))
                    .toArray(String[]::new);
            assertThatCode(() -> Main.commandLine(false).parseArgs(args))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void showOutputAsItIs() throws IOException {
        String printed =
                goldens(".txt").stream().map(CliDocumentationTests::read).collect(Collectors.joining());
        List<String> shown = find("(?ms)^```text\n(.*?)\n```$", read(PAGE));
        assertThat(shown).hasSize(4);
        assertThat(shown.subList(1, 4)).allSatisfy(text -> assertThat(printed).contains(text));
    }

    @Test
    void describeEveryFieldOfTheJson() throws IOException {
        Set<String> printed = new TreeSet<>();
        for (Path golden : goldens(".json")) {
            if (!golden.toString().endsWith(".page.json")) {
                addNames(JsonParser.parseString(read(golden)), printed);
            }
        }
        Set<String> described = new TreeSet<>();
        for (String row : find(
                "(?m)^\\| (`[^|]+`) \\| [a-z, ]+ \\| ",
                read(PAGE).substring(read(PAGE).indexOf("## JSON")))) {
            described.addAll(find("`(\\w+)`", row));
        }
        assertThat(described).isEqualTo(printed);
    }

    private static void addNames(JsonElement json, Set<String> names) {
        if (json.isJsonObject()) {
            json.getAsJsonObject().entrySet().forEach(field -> {
                names.add(field.getKey());
                addNames(field.getValue(), names);
            });
        } else if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(element -> addNames(element, names));
        }
    }

    private static List<Path> goldens(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private static List<String> find(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
