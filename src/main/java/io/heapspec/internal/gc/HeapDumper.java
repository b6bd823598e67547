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
     * Dumps the live objects after a confirmed collection. On concurrent collectors a live dump does not collect by itself.
     *
     * @param folder where the dump gets a folder of its own; made when needed. Where it cannot be written to, the system's folder for
     *     temporary files is used
     * @throws IOException if the dump cannot be written: the folder is read-only, the disk is full
     * @throws CollectionNotConfirmedException if no collection can be forced here
     */
    public Dump dump(Path folder) throws IOException, CollectionNotConfirmedException {
        try {
            return write(folder);
        } catch (IOException cannotBeWritten) {
            try {
                return write(Path.of(System.getProperty("java.io.tmpdir")));
            } catch (IOException neitherThere) {
                cannotBeWritten.addSuppressed(neitherThere);
                throw cannotBeWritten;
            }
        }
    }

    private Dump write(Path folder) throws IOException, CollectionNotConfirmedException {
        Sentinel sentinel = new Sentinel();
        Path own = privateFolder(folder);
        Path file = own.resolve("live.hprof");
        try {
            bean().dumpHeap(file.toString(), true);
            if (!sentinel.isCollected()) {
                Files.delete(file);
                collector.collect();
                bean().dumpHeap(file.toString(), true);
            }
            return new Dump(own, file);
        } catch (IOException | CollectionNotConfirmedException | RuntimeException | Error e) {
            new Dump(own, file).close();
            throw e;
        }
    }

    private static Path privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.createTempDirectory(folder, "dump", ownerOnly());
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
