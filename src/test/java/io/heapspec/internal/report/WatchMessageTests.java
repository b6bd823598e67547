package io.heapspec.internal.report;

import static io.heapspec.internal.report.Golden.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.GcRootDescription;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.PathElement;
import io.heapspec.result.Reason;
import io.heapspec.result.RetainedObject;
import io.heapspec.result.RootKind;
import io.heapspec.result.WatchJudgement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the texts that users read to the letter. */
class WatchMessageTests {

    @Test
    void namesWhatHoldsTheObject() {
        assertThat(text(retained(
                        RootKind.STATIC_FIELD,
                        "static field com.acme.Client.POOL",
                        new PathElement("java.util.ArrayList", "list[*]", false))))
                .isEqualTo(golden("watch-static.txt"));
    }

    @Test
    void saysThatTheTestItselfHoldsIt() {
        assertThat(text(retained(
                        RootKind.JAVA_FRAME,
                        "local variable in org.junit.Engine.run(Engine.java:1) on thread \"main\"",
                        new PathElement("org.junit.Instances", ".instance", false),
                        new PathElement("com.acme.CartTest", ".session", false))))
                .isEqualTo(golden("watch-own-field.txt"));
    }

    @Test
    void saysThatAMethodHasNotReturned() {
        assertThat(text(retained(
                        RootKind.JAVA_FRAME,
                        "local variable in com.acme.CartTest.checkout(CartTest.java:12) on thread \"main\"")))
                .isEqualTo(golden("watch-local.txt"));
    }

    @Test
    void listsTheFirstThree() {
        RetainedObject each = retained(RootKind.STATIC_FIELD, "static field com.acme.Client.LAST");
        assertThat(text(each, each, each, new RetainedObject("com.acme.Session", "it was closed", null, 0, 0)))
                .isEqualTo(golden("watch-several.txt"));
    }

    @Test
    void comparesWhatHoldsIt() {
        WatchMessage message = message(retained(RootKind.STATIC_FIELD, "static field com.acme.Client.LAST"));

        assertThat(message.expected() + "\n----\n" + message.actual() + "\n").isEqualTo(golden("watch-diff.txt"));
    }

    private static RetainedObject retained(RootKind kind, String root, PathElement... elements) {
        GcRootPath chain =
                new GcRootPath(new GcRootDescription(kind, root), false, List.of(elements), "com.acme.Session");
        return new RetainedObject("com.acme.Session", "it was closed", chain, 49_356, 311);
    }

    private static String text(RetainedObject... objects) {
        return message(objects).text() + "\n";
    }

    private static WatchMessage message(RetainedObject... objects) {
        WatchJudgement judgement = new WatchJudgement(
                Reason.RETAINED, "forced collections left it alive for 600 ms", 4, List.of(objects), 700);
        return new WatchMessage("LeakWatcher: CartTest.checkout()", "com.acme.CartTest", judgement);
    }
}
