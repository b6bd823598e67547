package io.heapspec.internal.gc;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes heap dumps of this JVM. A dump holds the user's data: it is written into a folder that only its owner can enter, and
 * deleted when its {@link Dump} is closed.
 */
public final class HeapDumper {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Collector collector;

    public HeapDumper(Collector collector) {
        this.collector = collector;
    }

    /**
     * Makes room for a dump. All that belongs to it is on the heap from then on, so that dumping does not show as growth.
     *
     * @param folder where the dump gets a folder of its own; made when needed. Where it cannot be written to, the system's folder for
     *     temporary files is used
     * @throws IOException if there is no folder that can be written to
     */
    public Dump prepare(Path folder) throws IOException {
        try {
            return privateFolder(folder);
        } catch (IOException cannotBeWritten) {
            return inTemporaryFolder(cannotBeWritten);
        }
    }

    /**
     * Dumps what is alive.
     *
     * @param prepared where to; if it cannot be written there, it is deleted, and the system's folder for temporary files is used
     * @return the dump that was written
     * @throws IOException if the dump cannot be written: the disk is full
     * @throws CollectionNotConfirmedException if no collection can be forced here
     */
    public Dump dump(Dump prepared) throws IOException, CollectionNotConfirmedException {
        try {
            return write(prepared);
        } catch (IOException cannotBeWritten) {
            return write(inTemporaryFolder(cannotBeWritten));
        }
    }

    /**
     * Dumps all that is on the heap, without collecting first: what waits for a collection to take it is in there, too.
     *
     * @param prepared where to; if it cannot be written there, it is deleted
     * @throws IOException if the dump cannot be written: the disk is full
     */
    public Dump dumpAll(Dump prepared) throws IOException {
        try {
            bean().dumpHeap(prepared.file().toString(), false);
            return prepared;
        } catch (IOException | RuntimeException | Error e) {
            prepared.close();
            throw e;
        }
    }

    private static Dump inTemporaryFolder(IOException cannotBeWritten) throws IOException {
        try {
            return privateFolder(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException neitherThere) {
            cannotBeWritten.addSuppressed(neitherThere);
            throw cannotBeWritten;
        }
    }

    private Dump write(Dump dump) throws IOException, CollectionNotConfirmedException {
        Sentinel sentinel = new Sentinel();
        try {
            bean().dumpHeap(dump.file().toString(), true);
            if (!sentinel.isCollected()) {
                Files.delete(dump.file());
                collector.collect();
                bean().dumpHeap(dump.file().toString(), true);
            }
            return dump;
        } catch (IOException | CollectionNotConfirmedException | RuntimeException | Error e) {
            dump.close();
            throw e;
        }
    }

    private static Dump privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path own = Files.createTempDirectory(folder, "dump", ownerOnly());
        Dump dump = new Dump(own, own.resolve("live.hprof"));
        // A path makes its text when it is first asked for it.
        String unused = dump.file().toString();
        return dump;
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static HotSpotDiagnosticMXBean bean() throws IOException {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (bean == null) {
            throw new IOException("this JVM cannot write heap dumps (no HotSpotDiagnosticMXBean)");
        }
        return bean;
    }

    /** A dump on disk, deleted with its folder on {@link #close()}. */
    public record Dump(Path folder, Path file) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
