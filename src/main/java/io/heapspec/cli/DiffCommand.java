package io.heapspec.cli;

import io.heapspec.heap.ReadingProgress;
import io.heapspec.heap.growth.HeapGrowth;
import io.heapspec.internal.util.Bytes;
import io.heapspec.result.HeapMetric;
import io.heapspec.result.PathGrowth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Compares dumps. */
@Command(
        name = "diff",
        description = {
            "Says what grew between dumps of one program: by paths, made of fields and classes, since addresses change.",
            "Of three dumps or more only what grew from each to the next, as leaks do."
        },
        exitCodeList = {
            "0:All went well.",
            "1:With --fail-on-growth: a path grew that much.",
            "2:An option or argument is wrong.",
            "3:A file cannot be read or written, or is damaged.",
            "4:There is not enough memory."
        },
        footer = {
            "  heapspec diff before.hprof after.hprof --top 10",
            "  heapspec diff 1.hprof 2.hprof 3.hprof --metric retained --html growth.html",
            "  heapspec diff before.hprof after.hprof --filter-class 'com.acme.*' --fail-on-growth 100"
        })
final class DiffCommand extends AnalysisCommand {
    @Parameters(
            paramLabel = "DUMP",
            arity = "2..*",
            description = "Two or more heap dumps, in the order of their time.")
    private List<Path> dumps = new ArrayList<>();

    @Option(
            names = "--metric",
            paramLabel = "objects|bytes|retained",
            converter = MetricConverter.class,
            description =
                    "Growth of what: objects (the default), bytes, or retained sizes, which take several times as long.")
    private HeapMetric metric = HeapMetric.OBJECTS;

    @Option(
            names = "--cumulative",
            description = "Order and judge by what is at a path and at all that lead on from it.")
    private boolean cumulative;

    @Option(
            names = "--filter-class",
            paramLabel = "PATTERN",
            converter = NamePattern.Converter.class,
            description =
                    "Only objects of these classes: * stands for anything, or a regular expression between slashes.")
    private @Nullable NamePattern ofClass;

    @Option(
            names = "--filter-field",
            paramLabel = "PATTERN",
            converter = NamePattern.Converter.class,
            description = "Only paths that pass such a field, by its name alone or with its class.")
    private @Nullable NamePattern byField;

    @Option(names = "--all", description = "All paths that changed, also what shrank, or did not grow throughout.")
    private boolean all;

    @Option(
            names = "--fail-on-growth",
            paramLabel = "N",
            description = "Exit with 1 if a path grew by N or more; sizes may have a unit, as in '10 MiB'.")
    private @Nullable String failOnGrowth;

    @Mixin
    private PageOptions page = new PageOptions();

    @Override
    List<Path> dumps() {
        return dumps;
    }

    @Override
    Findings analyse(Progress stages) throws IOException {
        long limit = failOnGrowth == null ? Long.MAX_VALUE : limit(failOnGrowth);
        stages.isAt(dumps.get(0), ReadingProgress.Step.READING, 0);
        HeapGrowth growth = metric == HeapMetric.RETAINED
                ? HeapGrowth.withRetainedSizes(dumps, stages)
                : HeapGrowth.between(dumps, stages);
        Measure measure = new Measure(metric, cumulative);
        List<PathGrowth> paths = growth.paths().stream()
                .filter(path -> all ? measure.changed(path) : measure.growsThroughout(path))
                .filter(this::isWanted)
                .sorted(Comparator.comparingLong(measure::growth)
                        .reversed()
                        .thenComparing(path -> String.join(" ", path.steps()))
                        .thenComparing(PathGrowth::className))
                .toList();
        boolean tooMuch = failOnGrowth != null && paths.stream().anyMatch(path -> measure.growth(path) >= limit);
        List<String> names = dumps.stream().map(Path::toString).toList();
        return new Diff(names, measure, all, paths.size(), paths.subList(0, page.shown(paths.size())), tooMuch);
    }

    private boolean isWanted(PathGrowth path) {
        return (ofClass == null || ofClass.matches(path.className()))
                && (byField == null || path.steps().stream().anyMatch(step -> isField(step, byField)));
    }

    private static boolean isField(String step, NamePattern pattern) {
        String field = step.replaceFirst("^static field ", "");
        return pattern.matches(field) || pattern.matches(field.substring(field.lastIndexOf('.') + 1));
    }

    private long limit(String text) {
        try {
            return metric == HeapMetric.OBJECTS || text.matches("\\d+") ? Long.parseLong(text) : Bytes.parse(text);
        } catch (IllegalArgumentException none) {
            throw wrong("Invalid value for option '--fail-on-growth': '" + text + "' is not a number of "
                    + metric.name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    void keep(Findings findings) throws IOException {
        page.write(((PagedFindings) findings).page());
    }

    /** Reads what to measure. */
    static final class MetricConverter implements ITypeConverter<HeapMetric> {
        @Override
        public HeapMetric convert(String text) {
            for (HeapMetric metric : HeapMetric.values()) {
                if (metric.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return metric;
                }
            }
            throw new TypeConversionException("'" + text + "' is none of objects, bytes, retained");
        }
    }
}
