package io.heapspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dump is written by the program that is looked into, so a name in it may be an attack on whoever reads of it. */
class HostileNamesTests {
    @TempDir
    private Path folder;

    private Path dump;
    private Path fewer;

    @BeforeEach
    void writeDumps() throws IOException {
        dump = SampleDump.write(folder.resolve("a.hprof"), 3, SampleDump.HOSTILE);
        fewer = SampleDump.write(folder.resolve("b.hprof"), 1, SampleDump.HOSTILE);
    }

    private Run run(String command, Object... more) {
        return switch (command) {
            case "paths" -> Run.of(with(more, command, dump, "--class", "/alert/"));
            case "diff" -> Run.of(with(more, command, fewer, dump));
            default -> Run.of(with(more, command, dump));
        };
    }

    private static Object[] with(Object[] more, Object... args) {
        return Stream.concat(Stream.of(args), Stream.of(more)).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"histogram", "paths", "retained", "diff"})
    void doNotCommandTheTerminal(String command) {
        String text = run(command).out();
        assertThat(text).contains("\\u001b[31m\\u000a\\u202e").doesNotContain("\u001b", "\u202E");
        String json = run(command, "--json").out();
        assertThat(json).doesNotContain("\u001b", "\u202E");
        assertThat(JsonParser.parseString(json).toString().replace("\\u003c", "<"))
                .contains("\\u001b[31m\\n\u202E");
    }

    @ParameterizedTest
    @ValueSource(strings = {"histogram", "paths", "retained", "diff"})
    void doNotBreakOutOfThePage(String command) throws IOException {
        Path page = folder.resolve("page.html");
        run(command, "--html", page);
        String html = Files.readString(page);
        List<String> elements = Pattern.compile("</?script[^>]*>")
                .matcher(html)
                .results()
                .map(found -> found.group())
                .toList();
        assertThat(elements)
                .containsExactly(
                        "<script type=\"application/json\" id=\"data\">", "</script>", "<script>", "</script>");
        assertThat(html).doesNotContain("<script>alert").contains("\\u003c");
        Matcher data = Pattern.compile("id=\"data\">(.*?)</script>").matcher(html);
        assertThat(data.find()).isTrue();
        JsonObject shown = JsonParser.parseString(data.group(1)).getAsJsonObject();
        assertThat(shown.get("rows").toString()).contains("alert(1)");
    }

    @Test
    void meetAPolicyThatLetsOnlyOurScriptRun() throws Exception {
        Path page = folder.resolve("page.html");
        run("histogram", "--html", page);
        String html = Files.readString(page);
        assertThat(html)
                .contains("default-src 'none'")
                .contains("script-src 'sha256-" + hash(between(html, "<script>", "</script>")) + "'")
                .contains("style-src 'sha256-" + hash(between(html, "<style>", "</style>")) + "'");
    }

    @Test
    void areEscapedInComplaints() {
        assertThat(Run.of("info", folder.resolve("\u001b[2J.hprof")).err())
                .contains("\\u001b[2J.hprof")
                .doesNotContain("\u001b");
    }

    private static String between(String text, String start, String end) {
        int from = text.lastIndexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }
}
