package io.heapspec;

import io.heapspec.internal.util.Durations;
import io.heapspec.result.LeakKind;
import io.heapspec.result.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * All configuration keys with their defaults. Each is a JUnit configuration parameter: set it in {@code junit-platform.properties}, as a
 * system property, or in the build tool.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Configuration {

    /**
     * Which tests {@link NoLeak} judges, {@value}: {@code annotated} (default), {@code everywhere} for every test of the suite, or
     * {@code off} for none. {@code everywhere} needs JUnit's extension autodetection.
     */
    public static final String NOLEAK_PROPERTY_NAME = "heapspec.noleak";

    /** Which test classes {@code everywhere} means, {@value}: patterns separated by commas, {@code *} for any characters. All by default. */
    public static final String NOLEAK_INCLUDE_PROPERTY_NAME = "heapspec.noleak.include";

    /** Which test classes {@code everywhere} leaves out, {@value}: patterns as above. None by default. */
    public static final String NOLEAK_EXCLUDE_PROPERTY_NAME = "heapspec.noleak.exclude";

    /**
     * Retention that breaks no promise in any test, {@value}: patterns as in {@link NoLeak#allow()}, separated by commas. None by
     * default.
     */
    public static final String NOLEAK_ALLOW_PROPERTY_NAME = "heapspec.noleak.allow";

    /**
     * File with retention that breaks no promise, {@value}: a pattern a line, with a reason behind {@code #}. By default
     * {@code heapspec/allowed-leaks.txt} in the test resources, if there is one.
     */
    public static final String NOLEAK_ALLOW_FILE_PROPERTY_NAME = "heapspec.noleak.allow.file";

    /**
     * What the baseline of known leaks is used for, {@value}: {@code compare} (default, if there is one) lets what it knows pass; {@code write}
     * records what leaks; {@code off} knows nothing.
     */
    public static final String NOLEAK_BASELINE_PROPERTY_NAME = "heapspec.noleak.baseline";

    /**
     * The least severe leak that fails a test, {@value}: {@code low} (default), {@code medium}, {@code high} or {@code critical}, as
     * {@link Severity} grades them. What is less severe is reported, and lets the test pass.
     */
    public static final String FAIL_ON_PROPERTY_NAME = "heapspec.fail-on";

    /**
     * Whether a test passes without being repeated where its first run left nothing behind, {@value}: {@code on} (default), or {@code off}, which repeats every
     * test that may be repeated.
     */
    public static final String NOLEAK_SCREEN_PROPERTY_NAME = "heapspec.noleak.screen";

    /** Time for the repetitions of one test, {@value}, {@code 10 s} by default. */
    public static final String NOLEAK_BUDGET_PROPERTY_NAME = "heapspec.noleak.budget";

    /** Time for a single repetition, {@value}, {@code 30 s} by default; one that takes longer makes the verdict inconclusive. */
    public static final String NOLEAK_DEADLINE_PROPERTY_NAME = "heapspec.noleak.deadline";

    /**
     * What an inconclusive verdict does to its test, {@value}: {@code abort} it (default for annotated tests), {@code fail} it, or only
     * {@code report} it (default for tests judged by {@code everywhere}).
     */
    public static final String INCONCLUSIVE_PROPERTY_NAME = "heapspec.inconclusive";

    /** Folder for results, {@value}: {@code build/heapspec} in a Gradle project, else {@code target/heapspec}. */
    public static final String OUTPUT_PROPERTY_NAME = "heapspec.output";

    /**
     * What baselines are used for, {@value}: {@code compare} (default) fails a test that allocates more, and reports one that allocates less;
     * {@code exact} fails both; {@code write} records what tests allocate.
     */
    public static final String BASELINE_PROPERTY_NAME = "heapspec.baseline";

    /** Folder of the test resources, where baselines are, {@value}: {@code src/test/resources} by default. */
    public static final String BASELINE_FOLDER_PROPERTY_NAME = "heapspec.baseline.folder";

    /**
     * Kinds of leak that break no promise, {@value}: names of {@link io.heapspec.result.LeakKind} in lower case, separated by commas. None by
     * default.
     */
    public static final String NOLEAK_IGNORE_PROPERTY_NAME = "heapspec.noleak.ignore";

    /**
     * Packages, with all below them, or classes that stay outside of the class loaders of {@link NoClassLoaderLeak}, {@value}: names separated by
     * commas, such as {@code org.slf4j,ch.qos.logback}. None by default; the JDK, JUnit and HeapSpec stay outside in any case.
     */
    public static final String CLASSLOADER_OUTSIDE_PROPERTY_NAME = "heapspec.classloader.outside";

    /** How long threads have to end under {@link NoThreadLeak}, {@value}: {@code 1 s} by default. */
    public static final String THREADS_LINGER_PROPERTY_NAME = "heapspec.threads.linger";

    /** Threads that may be left under {@link NoThreadLeak}, {@value}: patterns of names separated by commas. None by default. */
    public static final String THREADS_ALLOW_PROPERTY_NAME = "heapspec.threads.allow";

    private static final Duration DEFAULT_LINGER = Duration.ofSeconds(1);
    private static final Duration DEFAULT_BUDGET = Duration.ofSeconds(10);
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

    private final Function<String, Optional<String>> parameters;

    Configuration(Function<String, Optional<String>> parameters) {
        this.parameters = parameters;
    }

    enum Scope {
        ANNOTATED,
        EVERYWHERE,
        OFF
    }

    enum Screening {
        ON,
        OFF
    }

    enum BaselineUse {
        COMPARE,
        EXACT,
        WRITE
    }

    enum KnownLeaksUse {
        OFF,
        COMPARE,
        WRITE
    }

    enum Inconclusive {
        ABORT,
        FAIL,
        REPORT
    }

    Scope scope() {
        return oneOf(NOLEAK_PROPERTY_NAME, Scope.class).orElse(Scope.ANNOTATED);
    }

    boolean includes(Class<?> testClass) {
        List<Pattern> include = patterns(NOLEAK_INCLUDE_PROPERTY_NAME);
        String name = testClass.getName();
        return (include.isEmpty() || matches(include, name)) && !matches(patterns(NOLEAK_EXCLUDE_PROPERTY_NAME), name);
    }

    Severity failOn() {
        return oneOf(FAIL_ON_PROPERTY_NAME, Severity.class).orElse(Severity.LOW);
    }

    boolean screen() {
        return oneOf(NOLEAK_SCREEN_PROPERTY_NAME, Screening.class).orElse(Screening.ON) == Screening.ON;
    }

    Duration budget() {
        return duration(NOLEAK_BUDGET_PROPERTY_NAME).orElse(DEFAULT_BUDGET);
    }

    Duration deadline() {
        return duration(NOLEAK_DEADLINE_PROPERTY_NAME).orElse(DEFAULT_DEADLINE);
    }

    Set<LeakKind> ignoredKinds() {
        return parameters.apply(NOLEAK_IGNORE_PROPERTY_NAME).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .filter(text -> !text.isBlank())
                .map(text -> constant(NOLEAK_IGNORE_PROPERTY_NAME, LeakKind.class, text))
                .collect(Collectors.toSet());
    }

    Duration linger() {
        return duration(THREADS_LINGER_PROPERTY_NAME).orElse(DEFAULT_LINGER);
    }

    List<String> allowedThreads() {
        return list(THREADS_ALLOW_PROPERTY_NAME);
    }

    Inconclusive inconclusive(boolean annotated) {
        return oneOf(INCONCLUSIVE_PROPERTY_NAME, Inconclusive.class)
                .orElse(annotated ? Inconclusive.ABORT : Inconclusive.REPORT);
    }

    BaselineUse baselineUse() {
        return oneOf(BASELINE_PROPERTY_NAME, BaselineUse.class).orElse(BaselineUse.COMPARE);
    }

    Path baselineFolder() {
        return parameters
                .apply(BASELINE_FOLDER_PROPERTY_NAME)
                .map(Path::of)
                .orElseGet(() -> Path.of("src", "test", "resources"));
    }

    /** Names of packages and classes, not checked. */
    List<String> outside() {
        return list(CLASSLOADER_OUTSIDE_PROPERTY_NAME);
    }

    KnownLeaksUse knownLeaksUse() {
        return oneOf(NOLEAK_BASELINE_PROPERTY_NAME, KnownLeaksUse.class).orElse(KnownLeaksUse.COMPARE);
    }

    String allowed() {
        return parameters.apply(NOLEAK_ALLOW_PROPERTY_NAME).orElse("");
    }

    Optional<Path> allowedFile() {
        return parameters.apply(NOLEAK_ALLOW_FILE_PROPERTY_NAME).map(Path::of);
    }

    Path output() {
        return parameters.apply(OUTPUT_PROPERTY_NAME).map(Path::of).orElseGet(Configuration::defaultOutput);
    }

    private static Path defaultOutput() {
        boolean gradle = !Files.exists(Path.of("pom.xml"))
                && (Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts")));
        return Path.of(gradle ? "build" : "target", "heapspec");
    }

    private <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type) {
        return parameters.apply(key).map(text -> constant(key, type, text));
    }

    private static <E extends Enum<E>> E constant(String key, Class<E> type, String text) {
        String given = text.strip();
        for (E constant : type.getEnumConstants()) {
            if (lower(constant).equals(given)) {
                return constant;
            }
        }
        String allowed = String.join(
                ", ",
                Arrays.stream(type.getEnumConstants()).map(Configuration::lower).toList());
        throw new ExtensionConfigurationException(
                "configuration parameter " + key + " is \"" + given + "\"; allowed are " + allowed);
    }

    private Optional<Duration> duration(String key) {
        return parameters.apply(key).map(text -> {
            try {
                return Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw new ExtensionConfigurationException("configuration parameter " + key + ": " + e.getMessage(), e);
            }
        });
    }

    private List<String> list(String key) {
        return parameters.apply(key).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private List<Pattern> patterns(String key) {
        return list(key).stream()
                .map(text -> Pattern.compile(("\\Q" + text + "\\E").replace("*", "\\E.*\\Q")))
                .toList();
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
