package io.heapspec.internal.deepsize;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jol.vm.VM;
import org.openjdk.jol.vm.VirtualMachine;

/**
 * JOL, kept from what it does beside reading objects: it would start helper processes, attach, and print that it does or cannot. Without a
 * property it refuses records and lambdas.
 */
final class JolAccess {

    private static final List<String> GUARDS = List.of(
            "jol.skipHotspotSAAttach", "jol.skipDynamicAttach", "jol.skipInstallAttach", "jol.magicFieldOffset");

    private static @Nullable VirtualMachine known;

    private JolAccess() {}

    /**
     * Returns the access to this JVM's objects.
     *
     * @throws IllegalStateException if JOL is missing, or may not read objects
     */
    static synchronized VirtualMachine jvm() {
        VirtualMachine jvm = known;
        if (jvm == null) {
            known = jvm = start();
        }
        return jvm;
    }

    /** What is guarded against happens when JOL is first asked; {@code System.out} is nothing to replace each time. */
    private static VirtualMachine start() {
        Map<String, String> before = new HashMap<>();
        PrintStream out = System.out;
        try {
            GUARDS.forEach(key -> before.put(key, System.setProperty(key, "true")));
            System.setOut(new Silenced(out, Thread.currentThread()));
            return VM.current();
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException("deep sizes need org.openjdk.jol:jol-core on the class path", missing);
        } catch (RuntimeException | LinkageError refused) {
            throw new IllegalStateException("this JVM does not let JOL read objects: " + refused, refused);
        } finally {
            System.setOut(out);
            before.forEach(JolAccess::restore);
        }
    }

    private static void restore(String key, @Nullable String value) {
        if (value == null) {
            System.clearProperty(key);
        } else {
            System.setProperty(key, value);
        }
    }

    /** Drops what one thread prints; what others print passes. */
    private static final class Silenced extends PrintStream {

        Silenced(PrintStream out, Thread silent) {
            super(
                    new OutputStream() {
                        @Override
                        public void write(int b) {
                            if (Thread.currentThread() != silent) {
                                out.write(b);
                            }
                        }

                        @Override
                        public void write(byte[] bytes, int from, int length) {
                            if (Thread.currentThread() != silent) {
                                out.write(bytes, from, length);
                            }
                        }
                    },
                    true,
                    Charset.defaultCharset());
        }
    }
}
