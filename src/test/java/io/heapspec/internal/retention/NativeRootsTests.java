package io.heapspec.internal.retention;

import static io.heapspec.internal.hprof.HprofWriter.reference;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofWriter;
import io.heapspec.internal.hprof.HprofWriter.Field;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.RootKind;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains from the roots that no field of a class shows. */
class NativeRootsTests {

    private static final int OBJECT = 0x1000;
    private static final int THREAD_CLASS = 0x1100;
    private static final int STRING_CLASS = 0x1200;
    private static final int HOLDER_CLASS = 0x1300;
    private static final int LEAKED_CLASS = 0x1400;
    private static final int TWIN_CLASS = 0x1500;
    private static final int OTHER_TWIN_CLASS = 0x1600;
    private static final int LOADER = 0x1700;
    private static final int OTHER_LOADER = 0x1800;
    private static final int THREAD = 0x2000;
    private static final int NAME = 0x2100;
    private static final int NAME_BYTES = 0x2200;
    private static final int HOLDER = 0x3000;
    private static final int LEAKED = 0x4000;
    private static final int TWIN_LEAKED = 0x5000;

    @TempDir
    private Path folder;

    private final HprofWriter dump = new HprofWriter(8)
            .addClass(OBJECT, "java/lang/Object", 0)
            .addClass(THREAD_CLASS, "java/lang/Thread", OBJECT, reference("name"), reference("target"))
            .addClass(STRING_CLASS, "java/lang/String", OBJECT, reference("value"))
            .addClass(HOLDER_CLASS, "acme/Holder", OBJECT, reference("held"))
            .addClass(LEAKED_CLASS, "acme/Leaked", OBJECT)
            .addInstance(LOADER, OBJECT)
            .addInstance(OTHER_LOADER, OBJECT)
            .addClass(TWIN_CLASS, "acme/Twin", OBJECT, LOADER, List.of(held()))
            .addClass(OTHER_TWIN_CLASS, "acme/Twin", OBJECT, OTHER_LOADER, List.of())
            .addPrimitiveArray(
                    NAME_BYTES, 8, "pool-1-thread-12".chars().asLongStream().toArray())
            .addInstance(NAME, STRING_CLASS, NAME_BYTES)
            .addInstance(THREAD, THREAD_CLASS, NAME, 0)
            .addInstance(HOLDER, HOLDER_CLASS, LEAKED)
            .addInstance(LEAKED, LEAKED_CLASS)
            .addInstance(TWIN_LEAKED, LEAKED_CLASS)
            .addFrame(0x900, "run", "Job.java", 4, 33)
            .addStack(7, 1, 0x900);

    private static Field held() {
        return new Field("held", BasicType.OBJECT, TWIN_LEAKED);
    }

    @Test
    void namesAGlobalHandleOfNativeCode() throws Exception {
        dump.addRoot(HeapRecordCursor.ROOT_JNI_GLOBAL, HOLDER);

        assertChain(LEAKED, RootKind.JNI_GLOBAL, "JNI global handle of native code", ".held");
    }

    @Test
    void namesALocalHandleOfNativeCode() throws Exception {
        dump.addRoot(HeapRecordCursor.ROOT_JNI_LOCAL, HOLDER, 1, 0);

        assertChain(LEAKED, RootKind.JNI_LOCAL, "JNI local handle of native code", ".held");
    }

    @Test
    void namesAMonitorInUse() throws Exception {
        dump.addRoot(HeapRecordCursor.ROOT_MONITOR_USED, HOLDER);

        assertChain(LEAKED, RootKind.MONITOR_USED, "monitor in use", ".held");
    }

    @Test
    void namesAClassKeptByTheJvmWhereThereAreSeveralOfItsName() throws Exception {
        dump.addStickyClass(TWIN_CLASS);

        assertChain(TWIN_LEAKED, RootKind.STICKY_CLASS, "class kept by the JVM", "static .held");
    }

    @Test
    void namesAThreadWithoutItsNumbers() throws Exception {
        dump.addInstance(0x2300, THREAD_CLASS, NAME, HOLDER).addRoot(HeapRecordCursor.ROOT_THREAD_OBJECT, 0x2300, 1, 7);

        assertChain(LEAKED, RootKind.THREAD, "thread \"pool-*-thread-*\"", ".target", ".held");
    }

    @Test
    void namesALocalVariableByMethodAndThread() throws Exception {
        dump.addRoot(HeapRecordCursor.ROOT_THREAD_OBJECT, THREAD, 1, 7)
                .addRoot(HeapRecordCursor.ROOT_JAVA_FRAME, HOLDER, 1, 0);

        String root = "local variable in acme.Holder.run(Job.java:33) on thread \"pool-*-thread-*\"";
        assertChain(LEAKED, RootKind.JAVA_FRAME, root, ".held");
    }

    @Test
    void namesALocalVariableOfAThreadThatTheDumpLacks() throws Exception {
        dump.addRoot(HeapRecordCursor.ROOT_JAVA_FRAME, HOLDER, 5, 0);

        assertChain(LEAKED, RootKind.JAVA_FRAME, "local variable", ".held");
    }

    @Test
    void leavesWhatTheJvmHoldsByItselfToTheJvm() throws Exception {
        dump.addRoot(HeapRecordCursor.ROOT_UNKNOWN, HOLDER);

        assertChain(LEAKED, RootKind.OTHER, "the JVM itself", ".held");
    }

    @Test
    void prefersAFieldToAHandle() throws Exception {
        dump.addRoot(HeapRecordCursor.ROOT_JNI_GLOBAL, LEAKED)
                .addClass(0x6000, "acme/Static", OBJECT, 0, List.of(new Field("HOLDER", BasicType.OBJECT, HOLDER)));

        assertChain(LEAKED, RootKind.STATIC_FIELD, "static field acme.Static.HOLDER", ".held");
    }

    /** The JVM keeps what an agent is given, and so its transformers, by a global handle and by nothing else. */
    @Test
    void findsWhatThisJvmHoldsByAGlobalHandle() throws Exception {
        Path file = folder.resolve("agent.hprof");
        runWithAgent(file);

        try (HeapGraph graph = HeapGraph.open(file)) {
            int kept = 0;
            while (!graph.classOf(kept).name().equals(Kept.class.getName())) {
                kept++;
            }
            GcRootPath chain = chain(graph, kept);
            assertThat(chain.root().kind()).isEqualTo(RootKind.JNI_GLOBAL);
            assertThat(chain.root().text()).isEqualTo("JNI global handle of native code");
            assertThat(chain.elements())
                    .first()
                    .satisfies(hop -> assertThat(hop.holderClass()).isEqualTo("sun.instrument.InstrumentationImpl"));
        }
    }

    private void runWithAgent(Path file) throws Exception {
        Path agent = folder.resolve("agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
        try (OutputStream out = Files.newOutputStream(agent)) {
            new JarOutputStream(out, manifest).close();
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + agent,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Agent.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private void assertChain(int leaked, RootKind kind, String root, String... edges) throws Exception {
        Path file = folder.resolve("written.hprof");
        Files.write(file, dump.toBytes());
        try (HeapGraph graph = HeapGraph.open(file)) {
            GcRootPath chain = chain(graph, graph.indexOf(leaked));
            assertThat(chain.root().kind()).isEqualTo(kind);
            assertThat(chain.root().text()).isEqualTo(root);
            assertThat(chain.elements()).extracting("edge").containsExactly((Object[]) edges);
            assertThat(chain.leakedClass()).isEqualTo("acme.Leaked");
        }
    }

    private static GcRootPath chain(HeapGraph graph, int object) {
        PathTree tree = new PathTree();
        int node = Walk.strongly(graph, tree).pathOf(object);
        assertThat(node).as("path").isPositive();
        Chain chain = new Chain(tree, new ClassFacts(graph));
        return chain.describe(chain.hops(node), -1, tree.typeOf(node));
    }

    private static final class Kept {}

    private static final class Keeping implements ClassFileTransformer {

        @SuppressWarnings("unused")
        private final Kept kept = new Kept();
    }

    /** The agent of a JVM of its own, and its main. */
    static final class Agent {

        private Agent() {}

        public static void premain(String argument, Instrumentation instrumentation) {
            instrumentation.addTransformer(new Keeping());
        }

        public static void main(String[] arguments) throws Exception {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[0], true);
        }
    }
}
