package io.heapspec.internal.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * The {@link AllocationRecorder} that instrumented code reports to: a copy on the bootstrap class path, where the JDK's own code sees it. The copy
 * is in a package of its own: ours may belong to a named module, which then would be asked for it.
 */
final class BootRecorder {

    /** The name that instrumented code calls. */
    static final String INTERNAL_NAME = "io/heapspec/recorder/AllocationRecorder";

    private static final String ORIGINAL = Type.getInternalName(AllocationRecorder.class);

    private final MethodHandle start;
    private final MethodHandle stop;

    private BootRecorder(Class<?> copy) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        start = lookup.findStatic(
                copy, "start", MethodType.methodType(void.class, int[].class, int[].class, int.class));
        stop = lookup.findStatic(copy, "stop", MethodType.methodType(Object[][].class));
    }

    /**
     * Puts the copy on the bootstrap class path, unless it is there.
     *
     * @throws AgentUnavailableException if that cannot be done
     */
    static BootRecorder in(Instrumentation instrumentation) throws AgentUnavailableException {
        try {
            if (!isThere()) {
                instrumentation.appendToBootstrapClassLoaderSearch(
                        new JarFile(writeJar().toFile()));
            }
            return new BootRecorder(copy());
        } catch (IOException | ReflectiveOperationException | UnsupportedOperationException e) {
            throw new AgentUnavailableException("what counts allocations cannot be put beside the JDK's classes", e);
        }
    }

    /** Begins to record what the calling thread and others allocate. */
    void start(ArrayLayout layout) throws Throwable {
        start.invokeExact(layout.headers(), layout.shifts(), layout.alignment());
    }

    /** Ends recording; see {@link AllocationRecorder#stop()}. */
    Object[][] stop() throws Throwable {
        return (Object[][]) stop.invokeExact();
    }

    private static boolean isThere() {
        try {
            return copy() != null;
        } catch (ClassNotFoundException notThere) {
            return false;
        }
    }

    private static Class<?> copy() throws ClassNotFoundException {
        return Class.forName(INTERNAL_NAME.replace('/', '.'), true, null);
    }

    private static Path writeJar() throws IOException {
        Path jar = Files.createTempFile("heapspec-recorder", ".jar");
        jar.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String suffix : List.of("", "$Lane")) {
                entries.putNextEntry(new JarEntry(INTERNAL_NAME + suffix + ".class"));
                entries.write(renamed(suffix));
                entries.closeEntry();
            }
        }
        return jar;
    }

    private static byte[] renamed(String suffix) throws IOException {
        String file = ORIGINAL.substring(ORIGINAL.lastIndexOf('/') + 1) + suffix + ".class";
        try (InputStream code = AllocationRecorder.class.getResourceAsStream(file)) {
            if (code == null) {
                throw new IOException("no class file " + file);
            }
            ClassReader reader = OpenedClassReader.of(code.readAllBytes());
            ClassWriter writer = new ClassWriter(0);
            reader.accept(new ClassRemapper(OpenedClassReader.ASM_API, writer, new Renaming()) {}, 0);
            return writer.toByteArray();
        }
    }

    private static final class Renaming extends Remapper {

        Renaming() {
            super(OpenedClassReader.ASM_API);
        }

        @Override
        public String map(String internalName) {
            return internalName.startsWith(ORIGINAL)
                    ? INTERNAL_NAME + internalName.substring(ORIGINAL.length())
                    : internalName;
        }
    }
}
