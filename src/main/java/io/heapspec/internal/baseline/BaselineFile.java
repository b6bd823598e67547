package io.heapspec.internal.baseline;

import io.heapspec.internal.util.LockedText;
import io.heapspec.result.ClassAllocations;
import io.heapspec.result.RecordedAllocations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file with the baselines of a test class: {@code com/acme/ParserTests.allocations.txt} in the folder of test resources. Where tests run
 * without their sources, it is read from the class path.
 *
 * <p>Thread-safe, also among JVMs: it is written under a lock.
 */
public final class BaselineFile {

    private static final String SUFFIX = ".allocations.txt";

    private final Class<?> testClass;
    private final Path folder;
    private final String resource;
    private final Environment environment;

    /**
     * @param testClass the test class; nested classes share the file of the outermost
     * @param folder the folder of test resources
     */
    public BaselineFile(Class<?> testClass, Path folder) {
        this(testClass, folder, Environment.ofThisJvm());
    }

    BaselineFile(Class<?> testClass, Path folder, Environment environment) {
        Class<?> outermost = testClass;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        this.testClass = testClass;
        this.folder = folder;
        this.environment = environment;
        resource = outermost.getName().replace('.', '/') + SUFFIX;
    }

    /** Returns its path for a reader. */
    public String name() {
        return path().toString().replace('\\', '/');
    }

    /**
     * Returns what was recorded, in this environment, or else in the one that is most like it.
     *
     * @return empty if nothing was
     * @throws BaselineException if the file cannot be read
     */
    public Optional<RecordedAllocations> find(BaselineKey key) throws BaselineException {
        return BaselineText.parse(text()).stream()
                .filter(each -> each.key().equals(key))
                .flatMap(each -> each.environments().stream().map(where -> recorded(each, where)))
                .min(Comparator.comparingInt(Found::distance))
                .map(Found::recorded);
    }

    private Found recorded(Baseline baseline, Environment where) {
        return new Found(
                where.distance(environment),
                new RecordedAllocations(baseline.classes(), where.text(), where.equals(environment), name()));
    }

    /**
     * Records what a test allocates in this environment; what was recorded in others, and of other tests, stays.
     *
     * @throws BaselineException if the file cannot be read or written
     */
    public void record(Map<BaselineKey, List<ClassAllocations>> allocations) throws BaselineException {
        if (!Files.isDirectory(folder)) {
            throw new BaselineException("cannot be written: there is no folder " + folder + " in "
                    + Path.of("").toAbsolutePath() + ", and heapspec.baseline.folder names no other");
        }
        try {
            LockedText.rewrite(path(), old -> rewritten(old, allocations));
        } catch (IOException e) {
            throw new BaselineException("cannot be written: " + e, e);
        }
    }

    private String rewritten(String old, Map<BaselineKey, List<ClassAllocations>> allocations)
            throws BaselineException {
        List<Baseline> baselines = BaselineText.parse(old);
        allocations.forEach((key, classes) -> replace(baselines, new Baseline(key, List.of(environment), classes)));
        return BaselineText.format(baselines);
    }

    /** Puts a baseline in the place of what held in its environment; where others say the same, it joins them. */
    private void replace(List<Baseline> baselines, Baseline fresh) {
        List<Baseline> kept = new ArrayList<>();
        boolean joined = false;
        for (Baseline each : baselines) {
            Baseline other = each.key().equals(fresh.key()) ? each.without(environment) : each;
            boolean alike = !joined
                    && other.key().equals(fresh.key())
                    && other.classes().equals(fresh.classes());
            if (alike) {
                kept.add(other.with(environment));
                joined = true;
            } else if (!other.environments().isEmpty()) {
                kept.add(other);
            }
        }
        baselines.clear();
        baselines.addAll(
                joined ? kept : Stream.concat(kept.stream(), Stream.of(fresh)).toList());
    }

    private String text() throws BaselineException {
        try {
            if (Files.isDirectory(folder)) {
                return Files.exists(path()) ? LockedText.decoded(Files.readAllBytes(path())) : "";
            }
            try (InputStream packaged = testClass.getResourceAsStream("/" + resource)) {
                return packaged == null ? "" : LockedText.decoded(packaged.readAllBytes());
            }
        } catch (IOException e) {
            throw new BaselineException("is not readable: " + e, e);
        }
    }

    private Path path() {
        return folder.resolve(resource);
    }

    /**
     * What was recorded somewhere.
     *
     * @param distance how unlike this environment that is
     * @param recorded what it was
     */
    private record Found(int distance, RecordedAllocations recorded) {}
}
