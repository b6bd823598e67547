package io.heapspec.internal.baseline;

import io.heapspec.result.AllocationLimit;
import io.heapspec.result.AllocationScope;
import io.heapspec.result.ClassAllocations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Baselines as text that people read and merge: sorted, one fact a line, so that what changes is what a comparison shows.
 *
 * <pre>
 * test parses(String)[#1]
 *   on JDK 17, 4 B references, 12 B headers
 *   1 object, 48 B: int[]
 *   2 objects, 32 B: java.lang.Integer
 * </pre>
 */
final class BaselineText {

    private static final String HEAD =
            "# What tests allocate, recorded by HeapSpec: heapspec.baseline=write writes it.\n";
    private static final String TEST = "test ";
    private static final String OF = "  of ";
    private static final String ALL_THREADS = "  on all threads";
    private static final String ENVIRONMENT = "  on JDK ";
    private static final Pattern COUNT = Pattern.compile("  (\\d{1,18}) objects?, (\\d{1,18}) B: (\\S+)");

    private BaselineText() {}

    static String format(Collection<Baseline> baselines) {
        StringBuilder text = new StringBuilder(HEAD);
        baselines.stream()
                .sorted(Comparator.comparing(Baseline::key)
                        .thenComparing(each -> each.environments().get(0)))
                .forEach(each -> append(text, each));
        return text.toString();
    }

    private static void append(StringBuilder text, Baseline baseline) {
        BaselineKey key = baseline.key();
        text.append('\n').append(TEST).append(key.test()).append('\n');
        if (!key.ofClass().equals(AllocationLimit.EVERYTHING)) {
            text.append(OF).append(key.ofClass()).append('\n');
        }
        if (key.scope() == AllocationScope.ALL_THREADS) {
            text.append(ALL_THREADS).append('\n');
        }
        for (Environment each : baseline.environments()) {
            text.append("  on ").append(each.text()).append('\n');
        }
        for (ClassAllocations each : baseline.classes()) {
            text.append("  ")
                    .append(each.objects())
                    .append(each.objects() == 1 ? " object, " : " objects, ")
                    .append(each.bytes())
                    .append(" B: ")
                    .append(each.className())
                    .append('\n');
        }
    }

    /**
     * Reads what {@link #format} wrote, and people may have changed.
     *
     * @throws BaselineException if it is anything else; the message names the line
     */
    static List<Baseline> parse(String text) throws BaselineException {
        List<Baseline> baselines = new ArrayList<>();
        Block block = null;
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (line.startsWith(TEST)) {
                addTo(baselines, block);
                block = new Block(line.substring(TEST.length()), number);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                if (block == null) {
                    throw new BaselineException(problem(number, line, "a test comes first"));
                }
                block.read(line, number);
            }
        }
        addTo(baselines, block);
        refuseContradictions(baselines);
        return baselines;
    }

    private static void addTo(List<Baseline> baselines, @Nullable Block block) throws BaselineException {
        if (block != null) {
            baselines.add(block.baseline());
        }
    }

    private static void refuseContradictions(List<Baseline> baselines) throws BaselineException {
        Set<Object> seen = new HashSet<>();
        for (Baseline each : baselines) {
            for (Environment environment : each.environments()) {
                if (!seen.add(List.of(each.key(), environment))) {
                    throw new BaselineException(
                            "has two baselines for " + each.key().test() + " on " + environment.text());
                }
            }
        }
    }

    private static String problem(int number, String line, String allowed) {
        return "is not readable: line " + number + " is \"" + line + "\"; " + allowed;
    }

    /** The lines of one baseline. */
    private static final class Block {

        private final String test;
        private final int firstLine;
        private final List<Environment> environments = new ArrayList<>();
        private final List<ClassAllocations> classes = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private String ofClass = AllocationLimit.EVERYTHING;
        private AllocationScope scope = AllocationScope.TEST_THREAD;

        Block(String test, int firstLine) {
            this.test = test;
            this.firstLine = firstLine;
        }

        void read(String line, int number) throws BaselineException {
            Matcher count = COUNT.matcher(line);
            if (count.matches()) {
                add(
                        new ClassAllocations(
                                count.group(3), Long.parseLong(count.group(1)), Long.parseLong(count.group(2))),
                        line,
                        number);
            } else if (line.equals(ALL_THREADS)) {
                scope = AllocationScope.ALL_THREADS;
            } else if (line.startsWith(ENVIRONMENT)) {
                environments.add(environment(line, number));
            } else if (line.startsWith(OF)) {
                ofClass = line.substring(OF.length());
            } else {
                throw new BaselineException(
                        problem(number, line, "lines are like \"  2 objects, 32 B: com.acme.Foo\""));
            }
        }

        private void add(ClassAllocations read, String line, int number) throws BaselineException {
            if (!names.add(read.className())) {
                throw new BaselineException(problem(number, line, "that class has a line before"));
            }
            classes.add(read);
        }

        private static Environment environment(String line, int number) throws BaselineException {
            try {
                return Environment.parse(line.substring("  on ".length()));
            } catch (IllegalArgumentException e) {
                throw new BaselineException(problem(number, line, String.valueOf(e.getMessage())), e);
            }
        }

        Baseline baseline() throws BaselineException {
            if (environments.isEmpty()) {
                throw new BaselineException(
                        problem(firstLine, TEST + test, "it does not say where that was recorded (\"  on JDK ...\")"));
            }
            return new Baseline(new BaselineKey(test, ofClass, scope), environments, classes);
        }
    }
}
