package io.heapspec.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapspec.NoLeak;
import io.heapspec.result.LeakKind;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.ref.Cleaner;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What has something outside the heap: descriptors, buffers, native memory; kept, or only left open. */
@NoLeak
class ResourceLeakTestCases {

    private static final List<Object> KEPT = new ArrayList<>();
    private static Path folder;
    private static Path file;

    @BeforeAll
    static void makeFile() throws IOException {
        folder = Files.createTempDirectory("corpus");
        file = Files.writeString(folder.resolve("orders.txt"), "one\ntwo\n");
    }

    @AfterAll
    static void deleteFile() throws IOException {
        Files.delete(file);
        Files.delete(folder);
    }

    @Test
    @Leaks(leaked = "FileInputStream", unclosed = true, kind = LeakKind.FILES)
    void inputStreamIsNotClosed() throws IOException {
        new FileInputStream(file.toFile()).read();
    }

    @Test
    @Fixes("inputStreamIsNotClosed")
    void inputStreamIsClosed() throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            in.read();
        }
    }

    @Test
    @Leaks(leaked = "FileInputStream", root = "KEPT", kind = LeakKind.FILES)
    void inputStreamIsKept() throws IOException {
        KEPT.add(new FileInputStream(file.toFile()));
    }

    @Test
    @Fixes("inputStreamIsKept")
    void inputStreamIsForgotten() throws IOException {
        FileInputStream in = new FileInputStream(file.toFile());
        KEPT.add(in);
        KEPT.remove(in);
        in.close();
    }

    @Test
    @Leaks(leaked = "FileOutputStream", unclosed = true, kind = LeakKind.FILES)
    void outputStreamIsNotClosed() throws IOException {
        new FileOutputStream(folder.resolve("out").toFile()).write(1);
        Files.delete(folder.resolve("out"));
    }

    @Test
    @Fixes("outputStreamIsNotClosed")
    void outputStreamIsClosed() throws IOException {
        try (FileOutputStream out = new FileOutputStream(folder.resolve("out").toFile())) {
            out.write(1);
        }
        Files.delete(folder.resolve("out"));
    }

    @Test
    @Leaks(leaked = "RandomAccessFile", unclosed = true, kind = LeakKind.FILES)
    void randomAccessFileIsNotClosed() throws IOException {
        new RandomAccessFile(file.toFile(), "r").length();
    }

    @Test
    @Fixes("randomAccessFileIsNotClosed")
    void randomAccessFileIsClosed() throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            opened.length();
        }
    }

    @Test
    @Leaks(leaked = "FileChannel", unclosed = true, kind = LeakKind.FILES)
    void fileChannelIsNotClosed() throws IOException {
        FileChannel.open(file, StandardOpenOption.READ).size();
    }

    @Test
    @Fixes("fileChannelIsNotClosed")
    void fileChannelIsClosed() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.size();
        }
    }

    @Test
    @Leaks(
            leaked = {"BufferedReader", "Channel", "Stream"},
            unclosed = true,
            kind = LeakKind.FILES)
    void linesAreNotClosed() throws IOException {
        Files.lines(file).count();
    }

    @Test
    @Fixes("linesAreNotClosed")
    void linesAreClosed() throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            lines.count();
        }
    }

    @Test
    @Leaks(
            leaked = {"BufferedReader", "Channel", "InputStream", "Reader"},
            unclosed = true,
            kind = LeakKind.FILES)
    void readerIsNotClosed() throws IOException {
        Files.newBufferedReader(file).readLine();
    }

    @Test
    @Fixes("readerIsNotClosed")
    void readerIsClosed() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            reader.readLine();
        }
    }

    @Test
    @Leaks(
            leaked = {"DirectoryStream", ""},
            unclosed = true,
            kind = LeakKind.FILES)
    void directoryStreamIsNotClosed() throws IOException {
        Files.newDirectoryStream(folder).iterator().hasNext();
    }

    @Test
    @Fixes("directoryStreamIsNotClosed")
    void directoryStreamIsClosed() throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.iterator().hasNext();
        }
    }

    @Test
    @Leaks(
            leaked = {"ServerSocket", "SocketImpl"},
            unclosed = true,
            kind = LeakKind.FILES)
    void serverSocketIsNotClosed() throws IOException {
        new ServerSocket(0).getLocalPort();
    }

    @Test
    @Fixes("serverSocketIsNotClosed")
    void serverSocketIsClosed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            socket.getLocalPort();
        }
    }

    @Test
    @Leaks(leaked = "Socket", unclosed = true, kind = LeakKind.FILES)
    void acceptedSocketIsNotClosed() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            server.accept().getOutputStream().write(1);
            client.getInputStream().read();
        }
    }

    @Test
    @Fixes("acceptedSocketIsNotClosed")
    void acceptedSocketIsClosed() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            accepted.getOutputStream().write(1);
            client.getInputStream().read();
        }
    }

    @Test
    @Leaks(
            leaked = {"ServerSocketChannel", ""},
            unclosed = true,
            kind = LeakKind.FILES)
    void serverSocketChannelIsNotClosed() throws IOException {
        ServerSocketChannel.open().isBlocking();
    }

    @Test
    @Fixes("serverSocketChannelIsNotClosed")
    void serverSocketChannelIsClosed() throws IOException {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.isBlocking();
        }
    }

    @Test
    @Leaks(leaked = "DatagramChannel", unclosed = true, kind = LeakKind.FILES)
    void datagramChannelIsNotClosed() throws IOException {
        DatagramChannel.open().isBlocking();
    }

    @Test
    @Fixes("datagramChannelIsNotClosed")
    void datagramChannelIsClosed() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.isBlocking();
        }
    }

    @Test
    @Leaks(
            leaked = {"Selector", ""},
            unclosed = true,
            kind = LeakKind.FILES)
    void selectorIsNotClosed() throws IOException {
        Selector.open().selectNow();
    }

    @Test
    @Fixes("selectorIsNotClosed")
    void selectorIsClosed() throws IOException {
        try (Selector selector = Selector.open()) {
            selector.selectNow();
        }
    }

    @Test
    @Leaks(leaked = "Selector", root = "KEPT", kind = LeakKind.FILES)
    void selectorIsKept() throws IOException {
        KEPT.add(Selector.open());
    }

    @Test
    @Fixes("selectorIsKept")
    void selectorIsReplaced() throws IOException {
        Selector selector = Selector.open();
        KEPT.add(selector);
        KEPT.remove(selector);
        selector.close();
    }

    @Test
    @Leaks(
            leaked = {"Channel", "Pipe", ""},
            unclosed = true,
            kind = LeakKind.FILES)
    void pipeIsNotClosed() throws IOException {
        Pipe.open().sink().write(ByteBuffer.wrap("x".getBytes(UTF_8)));
    }

    @Test
    @Fixes("pipeIsNotClosed")
    void pipeIsClosed() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink();
                Pipe.SourceChannel source = pipe.source()) {
            sink.write(ByteBuffer.wrap("x".getBytes(UTF_8)));
            source.isBlocking();
        }
    }

    @Test
    @Leaks(leaked = "Inflater", unclosed = true, kind = LeakKind.NATIVE_MEMORY)
    void inflaterIsNotEnded() {
        new Inflater().needsInput();
    }

    @Test
    @Fixes("inflaterIsNotEnded")
    void inflaterIsEnded() {
        Inflater inflater = new Inflater();
        inflater.needsInput();
        inflater.end();
    }

    @Test
    @Leaks(leaked = "Deflater", root = "KEPT", kind = LeakKind.NATIVE_MEMORY)
    void deflaterIsKept() {
        KEPT.add(new Deflater());
    }

    @Test
    @Fixes("deflaterIsKept")
    void deflaterIsDropped() {
        Deflater deflater = new Deflater();
        KEPT.add(deflater);
        KEPT.remove(deflater);
        deflater.end();
    }

    @Test
    @Leaks(
            leaked = {"Deflater", "GZIPOutputStream"},
            unclosed = true,
            kind = LeakKind.NATIVE_MEMORY)
    void compressedStreamIsOnlyFinished() throws IOException {
        DeflaterOutputStream out = new GZIPOutputStream(new java.io.ByteArrayOutputStream());
        out.write(1);
        out.finish();
    }

    @Test
    @Fixes("compressedStreamIsOnlyFinished")
    void compressedStreamIsClosed() throws IOException {
        try (DeflaterOutputStream out = new GZIPOutputStream(new java.io.ByteArrayOutputStream())) {
            out.write(1);
        }
    }

    /** A library's object with memory of its own. */
    static final class NativeTable implements AutoCloseable {
        private static final Cleaner CLEANER = Cleaner.create();

        private final Cleaner.Cleanable cleanable = CLEANER.register(this, new Memory());

        int size() {
            return 1;
        }

        @Override
        public void close() {
            cleanable.clean();
        }

        private static final class Memory implements Runnable {
            private boolean freed;

            @Override
            public void run() {
                freed = true;
            }
        }
    }

    @Test
    @Leaks(leaked = "NativeTable", unclosed = true, kind = LeakKind.NATIVE_MEMORY)
    void nativeTableIsNotClosed() {
        new NativeTable().size();
    }

    @Test
    @Fixes("nativeTableIsNotClosed")
    void nativeTableIsClosed() {
        try (NativeTable table = new NativeTable()) {
            table.size();
        }
    }

    @Test
    @Leaks(
            leaked = {"ByteBuffer"},
            root = "KEPT",
            kind = LeakKind.BUFFERS)
    void directBufferIsKept() {
        KEPT.add(ByteBuffer.allocateDirect(4096));
    }

    /** A direct buffer has nothing that could be closed. */
    @Test
    @Fixes("directBufferIsKept")
    void directBufferIsLeftToTheCollector() {
        ByteBuffer.allocateDirect(4096).putInt(1);
    }

    @Test
    @Leaks(
            leaked = {"ByteBuffer"},
            root = "KEPT",
            kind = LeakKind.BUFFERS)
    void mappedBufferIsKept() throws IOException {
        KEPT.add(map());
    }

    @Test
    @Fixes("mappedBufferIsKept")
    void mappedBufferIsLeftToTheCollector() throws IOException {
        map().get(0);
    }

    private static MappedByteBuffer map() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, 0, 4);
        }
    }

    /** Keeps its descriptor open by intention: there is one, whatever happens. */
    static final class Journal {
        private static FileOutputStream out;

        static synchronized void write(int line) throws IOException {
            if (out == null) {
                out = new FileOutputStream(File.createTempFile("journal", null));
            }
            out.write(line);
        }
    }

    @Test
    void fileIsOpenedOnce() throws IOException {
        Journal.write(1);
    }

    /** Replaces what it has opened, and closes what was there. */
    static final class Rolling {
        private static FileOutputStream out;

        static synchronized void roll() throws IOException {
            FileOutputStream last = out;
            File next = File.createTempFile("rolling", null);
            out = new FileOutputStream(next);
            next.delete();
            if (last != null) {
                last.close();
            }
        }
    }

    @Test
    void fileIsRolled() throws IOException {
        Rolling.roll();
    }

    private static final ExecutorService CLOSING = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "closes-later");
        thread.setDaemon(true);
        return thread;
    });

    /** The descriptor is open for a moment longer than the test runs. */
    @Test
    void fileIsClosedByAnotherThread() throws IOException {
        FileInputStream in = new FileInputStream(file.toFile());
        CLOSING.execute(() -> {
            try {
                in.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void processEnds() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
    }

    @Test
    void checksumsHaveNothingToClose() {
        CRC32 sum = new CRC32();
        sum.update(1);
    }

    @Test
    void streamOverAnArrayNeedsNoClosing() throws IOException {
        new ByteArrayInputStream(new byte[] {1, 2}).read();
    }

    @Test
    void compressedStreamIsReadToItsEnd() throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(1);
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            in.readAllBytes();
        }
    }
}
