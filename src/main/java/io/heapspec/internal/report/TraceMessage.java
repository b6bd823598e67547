package io.heapspec.internal.report;

/**
 * The text of a test that could not be recorded.
 *
 * @param test the test
 * @param why what is missing, in a form that follows a colon
 */
public record TraceMessage(TestName test, String why) implements FailureText {

    @Override
    public String headline() {
        return "@CaptureTrace: " + test.shortName() + " could not be recorded: " + why + ".";
    }

    @Override
    public String text() {
        return headline()
                + "\nheapspec.inconclusive = report lets such tests run without a trace, abort and fail do not.";
    }

    @Override
    public String expected() {
        return "recorded";
    }

    @Override
    public String actual() {
        return "not recorded: " + why;
    }
}
