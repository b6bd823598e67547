package io.heapspec.internal.suppression;

import static java.util.stream.Collectors.joining;

import io.heapspec.internal.util.LockedText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The baseline of known leaks, one a line, sorted by test: a fingerprint, the test, and where it piles up.
 *
 * <p>Thread-safe, also among JVMs: it is written under a lock.
 */
public final class KnownLeaksFile {

    /** Where it is in the test resources. */
    public static final String RESOURCE = "heapspec/known-leaks.txt";

    private static final String HEAD =
            "# Leaks that are known, recorded by HeapSpec: heapspec.noleak.baseline=write writes it.\n";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{16})\\s+(\\S+)(?:\\s+(\\S.*))?");

    private final Path file;

    /** @param folder the folder of test resources */
    public KnownLeaksFile(Path folder) {
        file = folder.resolve(RESOURCE);
    }

    /** Returns its path for a reader. */
    public String name() {
        return file.toString().replace('\\', '/');
    }

    /** Reads it, or, where there is none, that on the class path; empty if there is neither. */
    public Optional<List<KnownLeak>> read() throws SuppressionException {
        Optional<String> text = textOf(file, RESOURCE);
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text.get()));
    }

    /** Puts what a test leaks in the place of what it leaked before; lines of other tests stay. */
    public void record(String test, List<KnownLeak> leaks) throws SuppressionException {
        try {
            LockedText.rewrite(
                    file,
                    old -> format(Stream.concat(
                            parse(old).stream().filter(each -> !each.test().equals(test)), leaks.stream())));
        } catch (IOException e) {
            throw new SuppressionException(name() + " cannot be written: " + e, e);
        }
    }

    private static String format(Stream<KnownLeak> leaks) {
        return leaks.sorted().distinct().map(each -> each.line() + "\n").collect(joining("", HEAD, ""));
    }

    private List<KnownLeak> parse(String text) throws SuppressionException {
        List<KnownLeak> leaks = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new SuppressionException(name() + ": line " + number + " is \"" + line
                        + "\"; lines are like \"0123456789abcdef com.acme.CartTests.adds() where it piles up\"");
            }
            String place = matcher.group(3) == null ? "" : matcher.group(3);
            leaks.add(new KnownLeak(matcher.group(1), matcher.group(2), place));
        }
        return leaks;
    }

    /** Reads a text file, or, where there is none, a resource on the class path. */
    static Optional<String> textOf(Path file, String resource) throws SuppressionException {
        try {
            if (Files.exists(file)) {
                return Optional.of(LockedText.decoded(Files.readAllBytes(file)));
            }
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            try (InputStream packaged = loader == null ? null : loader.getResourceAsStream(resource)) {
                return packaged == null ? Optional.empty() : Optional.of(LockedText.decoded(packaged.readAllBytes()));
            }
        } catch (IOException e) {
            throw new SuppressionException(file + " is not readable: " + e, e);
        }
    }
}
