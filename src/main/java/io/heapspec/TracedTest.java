package io.heapspec;

import io.heapspec.CaptureTrace.Keep;
import io.heapspec.internal.report.TestName;
import io.heapspec.internal.report.TraceMessage;
import io.heapspec.internal.trace.EventSettings;
import io.heapspec.internal.trace.TraceUnavailableException;
import io.heapspec.internal.trace.TraceWindow;
import io.heapspec.result.Reason;
import io.heapspec.result.Trace;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test that is recorded. The recording ends after every {@code @AfterEach}, and is kept then, or forgotten. */
final class TracedTest implements JudgedAtEnd {

    private static final String FOLDER = "traces";

    private final ExtensionContext context;
    private final Configuration configuration;
    private final TracePlan plan;
    private @Nullable TraceWindow window;
    private @Nullable Trace trace;

    TracedTest(ExtensionContext context, Configuration configuration, TracePlan plan) {
        this.context = context;
        this.configuration = configuration;
        this.plan = plan;
    }

    /** Begins to record; where that cannot be, the test ends as the configuration says of what is inconclusive. */
    void start() {
        try {
            EventSettings settings = EventSettings.profile();
            for (String event : plan.events()) {
                settings = settings.withStacks(event);
            }
            TraceWindow opened = TraceWindow.open(settings, folder());
            window = opened;
            trace = new RecordedTrace(opened);
        } catch (TraceUnavailableException e) {
            new Conclusion(context, configuration.inconclusive(true))
                    .draw(Reason.NO_TRACE, new TraceMessage(name(), String.valueOf(e.getMessage())));
        }
    }

    /** @throws IllegalStateException if nothing is recorded */
    Trace trace() {
        Trace known = trace;
        if (known == null) {
            throw new IllegalStateException("no trace: Flight Recorder did not start");
        }
        return known;
    }

    @Override
    public void judgeAndConclude() {
        TraceWindow open = window;
        window = null;
        if (open == null) {
            return;
        }
        try (open) {
            boolean failed = context.getExecutionException().isPresent();
            if (plan.keep() == Keep.ALWAYS || plan.keep() == Keep.ON_FAILURE && failed) {
                keep(open);
            }
        }
    }

    private void keep(TraceWindow open) {
        Path file = folder().resolve(name().asFileName() + ".jfr");
        try {
            open.writeTo(file);
            context.publishReportEntry(Map.of("heapspec.trace", file.toString()));
        } catch (TraceUnavailableException e) {
            // The test has its own result; what it kept is beside it.
            context.publishReportEntry(Map.of("heapspec.trace", String.valueOf(e.getMessage())));
        }
    }

    private Path folder() {
        return configuration.output().resolve(FOLDER);
    }

    private TestName name() {
        return TestName.of(context.getRequiredTestClass(), context.getRequiredTestMethod(), context.getUniqueId());
    }
}
