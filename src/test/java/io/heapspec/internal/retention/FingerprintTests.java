package io.heapspec.internal.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.GcRootDescription;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.PathElement;
import io.heapspec.result.RootKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTests {

    private static final PathElement QUEUE =
            new PathElement("java.util.concurrent.LinkedBlockingQueue", "queue[*]", true);

    @Test
    void differsForTwoFieldsOfAClass() {
        assertThat(of("POOL", new PathElement("com.acme.Pool", ".free", true)))
                .isNotEqualTo(of("POOL", new PathElement("com.acme.Pool", ".busy", true)))
                .isNotEqualTo(of("OTHER", new PathElement("com.acme.Pool", ".free", true)));
    }

    @Test
    void differsForTwoLeakedClassesAndForTwoCollections() {
        assertThat(of("POOL", QUEUE)).isNotEqualTo(of("POOL", new PathElement("java.util.ArrayList", "list[*]", true)));
        assertThat(Fingerprint.of(chain("static field com.acme.Client.POOL", "com.acme.A")))
                .isNotEqualTo(Fingerprint.of(chain("static field com.acme.Client.POOL", "com.acme.B")));
    }

    @Test
    void doesNotKnowHowTheJdkHoldsThingsInside() {
        String on17 = of(
                "POOL",
                new PathElement("java.util.concurrent.Executors$FinalizableDelegatedExecutorService", ".e", false),
                new PathElement("java.util.concurrent.ThreadPoolExecutor", ".workQueue", false),
                QUEUE);
        String on25 = of(
                "POOL",
                new PathElement("java.util.concurrent.Executors$AutoShutdownDelegatedExecutorService", ".e", false),
                new PathElement("java.util.concurrent.ThreadPoolExecutor", ".queue", false),
                QUEUE);

        assertThat(on17).isEqualTo(on25);
    }

    @Test
    void doesNotKnowOfWhichSubclassTheHolderIs() {
        String alone = of("POOL", new PathElement("com.acme.Entry$Single", "com.acme.Entry", ".key", true));

        assertThat(of("POOL", new PathElement("com.acme.Entry$Linked", "com.acme.Entry", ".key", true)))
                .isEqualTo(alone);
        assertThat(of("POOL", new PathElement("com.acme.Entry$Linked", ".next", true)))
                .isNotEqualTo(alone);
    }

    @Test
    void doesNotKnowTheLineThatAThreadIsAt() {
        assertThat(Fingerprint.of(
                        chain("local variable in com.acme.Job.run(Job.java:12) on thread \"a\"", "com.acme.A")))
                .isEqualTo(Fingerprint.of(
                        chain("local variable in com.acme.Job.run(Job.java:340) on thread \"a\"", "com.acme.A")));
    }

    @Test
    void doesNotKnowTheRandomPartOfAGeneratedClass() {
        assertThat(leaking("com.acme.Pricing$MockitoMock$AjJ3PtNQ"))
                .isEqualTo(leaking("com.acme.Pricing$MockitoMock$fI07v8kO"))
                .isEqualTo(leaking("com.acme.Pricing$MockitoMock$qwYUiopA"))
                .isNotEqualTo(leaking("com.acme.Order$MockitoMock$AjJ3PtNQ"));
        assertThat(leaking("com.acme.Outer$Inner$Settings")).isNotEqualTo(leaking("com.acme.Outer$Inner$Sessions"));
    }

    private static String leaking(String leaked) {
        return Fingerprint.of(chain("static field com.acme.Client.POOL", leaked));
    }

    private static String of(String field, PathElement... elements) {
        return Fingerprint.of(chain("static field com.acme.Client." + field, "com.acme.Session", elements));
    }

    private static GcRootPath chain(String root, String leaked, PathElement... elements) {
        return new GcRootPath(new GcRootDescription(RootKind.STATIC_FIELD, root), false, List.of(elements), leaked);
    }
}
