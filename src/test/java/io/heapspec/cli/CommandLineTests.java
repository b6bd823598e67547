package io.heapspec.cli;

import static io.heapspec.internal.report.Golden.golden;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each command prints, to the letter. */
class CommandLineTests {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @BeforeEach
    void writeDumps() throws IOException {
        SampleDump.write(folder.resolve("app.hprof"), 9);
        SampleDump.write(folder.resolve("1.hprof"), 3);
        SampleDump.write(folder.resolve("2.hprof"), 5);
        SampleDump.write(folder.resolve("3.hprof"), 9);
        SampleDump.write(folder.resolve("fewer.hprof"), 2);
    }

    @ParameterizedTest
    @CsvSource({
        "info,info app.hprof",
        "histogram,histogram app.hprof --top 4",
        "histogram-filter,histogram app.hprof --filter com.acme.*",
        "paths,paths app.hprof --class com.acme.Session --subclasses --retained",
        "paths-object,paths app.hprof --object 0x10000 --disjoint 2",
        "paths-none,paths app.hprof --class com.acme.Nobody",
        "retained,retained app.hprof --top 2",
        "retained-below,retained app.hprof --below 0x300 --top 2",
        "retained-class,retained app.hprof --by class --top 3",
        "diff,diff 1.hprof 2.hprof 3.hprof",
        "diff-cumulative,diff 1.hprof 3.hprof --cumulative --metric bytes --filter-field POOL",
        "sanitize,sanitize app.hprof copy.hprof --force --verify",
        "diff-all,diff 1.hprof fewer.hprof --all --metric retained --filter-class com.acme.*",
    })
    void printsTextAndJson(String name, String command) {
        assertThat(run(command).outIn(folder)).isEqualTo(golden("cli/" + name + ".txt"));
        String json = run(command + " --json").outIn(folder);
        assertThat(json.lines()).hasSize(1);
        assertThat(JsonParser.parseString(json).isJsonObject()).isTrue();
        assertThat(json).isEqualTo(golden("cli/" + name + ".json"));
    }

    @ParameterizedTest
    @CsvSource({
        "histogram,histogram app.hprof --top 4",
        "paths,paths app.hprof --class com.acme.Session --subclasses --retained",
        "retained,retained app.hprof --top 2",
        "diff,diff 1.hprof 2.hprof 3.hprof",
    })
    void writesPages(String name, String command) throws IOException {
        Path page = folder.resolve("page.html");
        String plain = run(command).out();
        assertThat(run(command + " --html page.html").out()).isEqualTo(plain);
        String html = Files.readString(page);
        Matcher data = DATA.matcher(html);
        assertThat(data.find()).isTrue();
        assertThat(data.group(1).replace(folder + "/", "") + "\n").isEqualTo(golden("cli/" + name + ".page.json"));
        assertThat(html.replace(data.group(1), "")).doesNotContain("http:", "https:", "src=", "@STYLE", "@SCRIPT");
    }

    @Test
    void looksOnlyAtSomeObjects() {
        assertThat(run("paths app.hprof --class com.acme.Session --max 4").out())
                .contains("10 objects of com.acme.Session, of which 4 were looked at, 1 held by nothing; 1 chain.");
        assertThat(run("paths app.hprof --class com.acme.Session").out())
                .contains("10 objects of com.acme.Session, 1 held by nothing; 1 chain.");
    }

    @Test
    void beginsChainsElsewhereAndFollowsSoftReferences() {
        assertThat(run("paths app.hprof --object 0x1200 --roots all --soft").out())
                .contains("GC root: local variable in com.acme.Client.open(Client.java:42) on thread \"main\"");
    }

    @Test
    void filtersByRegularExpression() {
        assertThat(run("histogram app.hprof --filter /Sess/").out())
                .contains("com.acme.Session", "com.acme.AdminSession")
                .doesNotContain("Client");
    }

    @Test
    void countsThreadsWithoutTheirNames() {
        assertThat(run("info app.hprof --no-thread-names").out())
                .contains("threads    1\n")
                .doesNotContain("\"");
        assertThat(run("info app.hprof --no-thread-names --json").out()).doesNotContain("threadNames");
    }

    private Run run(String command) {
        List<Object> args = new ArrayList<>();
        for (String arg : command.split(" ")) {
            args.add(arg.endsWith(".hprof") || arg.endsWith(".html") ? folder.resolve(arg) : arg);
        }
        return Run.of(args.toArray());
    }
}
