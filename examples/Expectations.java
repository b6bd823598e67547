import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Compares how the tests of an example project ended with its {@code expected.txt}: a test either passes, judged clean, or fails with
 * exactly one text. Figures that differ from machine to machine are not compared: sizes, line numbers, and how often a test was repeated.
 *
 * <p>usage: {@code java Expectations.java <project> [--record]}. Needs nothing but a JDK.
 */
public final class Expectations {

    private static final String HEADING = "== ";
    private static final String PASSES = "passes";
    private static final String FAILS = "fails";
    private static final String PREFIX = "org.opentest4j.AssertionFailedError: ";

    private Expectations() {}

    public static void main(String[] arguments) throws Exception {
        Path project = Path.of(arguments[0]);
        Path file = project.resolve("expected.txt");
        Map<String, Outcome> actual = actual(project);
        if (arguments.length > 1 && arguments[1].equals("--record")) {
            Files.writeString(file, record(actual));
            System.out.println("recorded " + actual.size() + " outcomes in " + file);
            return;
        }
        Map<String, Outcome> expected = read(file);
        int failed = 0;
        for (String test : Stream.concat(expected.keySet().stream(), actual.keySet().stream()).distinct().sorted().toList()) {
            String difference = difference(expected.get(test), actual.get(test));
            System.out.println((difference.isEmpty() ? "as expected   " : "NOT EXPECTED  ") + test + " "
                    + (expected.containsKey(test) ? expected.get(test).ending() : "") + difference);
            failed += difference.isEmpty() ? 0 : 1;
        }
        int passed = expected.size() + (int) actual.keySet().stream().filter(test -> !expected.containsKey(test)).count() - failed;
        System.out.println(passed + " passed, " + failed + " failed");
        System.exit(failed == 0 && passed > 0 ? 0 : 1);
    }

    private static String difference(Outcome expected, Outcome actual) {
        if (expected == null) {
            return ", but nothing is expected of it";
        } else if (actual == null) {
            return ", but it did not run";
        } else if (!expected.ending().equals(actual.ending())) {
            return ", but it " + actual.ending() + ":\n" + actual.text();
        } else if (!withoutFigures(expected.text()).equals(withoutFigures(actual.text()))) {
            return ", but not with this text:\n" + actual.text();
        }
        return "";
    }

    /** What no two runs have in common: how often it was repeated, sizes, and the JDK's line numbers. */
    private static String withoutFigures(String text) {
        return text.replaceAll("Confirmed: [^.]*\\.", "Confirmed: #.")
                .replaceAll("retains .* in [0-9,]+ objects?", "retains #")
                .replaceAll("\\([0-9.,]+ ([KMG]i)?B\\)", "(# B)")
                .replaceAll("\\.java:[0-9]+\\)", ".java:#)")
                .replaceAll("(?m)^  (heap|trace|counters) .*$", "  $1 #")
                .strip();
    }

    /** Brings together what the build tool saw and what HeapSpec wrote for machines; they have to agree. */
    private static Map<String, Outcome> actual(Path project) throws Exception {
        Map<String, String> verdicts = verdicts(project.resolve("target/heapspec/results.jsonl"));
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (Path report : reports(project.resolve("target/surefire-reports"))) {
            NodeList tests = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < tests.getLength(); i++) {
                Element test = (Element) tests.item(i);
                String type = test.getAttribute("classname");
                String name = type.substring(type.lastIndexOf('.') + 1) + "." + test.getAttribute("name") + "()";
                outcomes.put(name, outcome(test, verdicts.getOrDefault(name, "not judged")));
            }
        }
        return outcomes;
    }

    private static Outcome outcome(Element test, String verdict) {
        String failure = text(test, "failure");
        if (failure == null && text(test, "error") == null && text(test, "skipped") == null && verdict.equals("passed")) {
            return new Outcome(PASSES, "");
        } else if (failure != null && failure.startsWith(PREFIX) && verdict.equals("failed")) {
            String message = failure.substring(PREFIX.length(), failure.indexOf("\n\tat "));
            return new Outcome(FAILS, message.strip());
        }
        String all = Stream.of("failure", "error", "skipped").map(kind -> text(test, kind)).filter(t -> t != null).toList().toString();
        return new Outcome("ends otherwise", "verdict " + verdict + " " + all);
    }

    private static String text(Element test, String kind) {
        NodeList found = test.getElementsByTagName(kind);
        return found.getLength() == 0 ? null : found.item(0).getTextContent().replace("\r\n", "\n");
    }

    /** The verdict of each test. Two lines for one test are no verdict. */
    private static Map<String, String> verdicts(Path results) throws IOException {
        Map<String, String> verdicts = new TreeMap<>();
        if (Files.exists(results)) {
            for (String line : Files.readAllLines(results)) {
                verdicts.merge(field(line, "test"), field(line, "verdict"), (one, other) -> "judged twice");
            }
        }
        return verdicts;
    }

    private static String field(String line, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static List<Path> reports(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml")).sorted().toList();
        }
    }

    private static Map<String, Outcome> read(Path file) throws IOException {
        Map<String, Outcome> outcomes = new TreeMap<>();
        List<String> text = new ArrayList<>();
        String heading = "";
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(HEADING)) {
                add(outcomes, heading, text);
                heading = line.substring(HEADING.length());
            } else {
                text.add(line);
            }
        }
        add(outcomes, heading, text);
        return outcomes;
    }

    private static void add(Map<String, Outcome> outcomes, String heading, List<String> text) {
        int space = heading.indexOf(' ');
        if (space > 0) {
            outcomes.put(heading.substring(0, space), new Outcome(heading.substring(space + 1), String.join("\n", text).strip()));
        }
        text.clear();
    }

    private static String record(Map<String, Outcome> outcomes) {
        StringBuilder text = new StringBuilder("How the tests of this project end, and with which text.\n");
        outcomes.forEach((test, outcome) -> text.append('\n')
                .append(HEADING).append(test).append(' ').append(outcome.ending()).append('\n')
                .append(outcome.text().isEmpty() ? "" : outcome.text() + "\n"));
        return text.toString();
    }

    /** How a test ended, and the text it failed with. */
    private record Outcome(String ending, String text) {}
}
