package io.heapspec.rates;

import com.google.gson.Gson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.StringReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Scanner;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;

/** Bodies that leave nothing behind, or no more than the last run did. */
final class CleanBodies {

    private static final Logger LOGGER = Logger.getLogger(CleanBodies.class.getName());
    private static final ExecutorService POOL = Executors.newFixedThreadPool(2, CleanBodies::daemon);
    private static final Map<Object, String> WEAK = new WeakHashMap<>();
    private static final List<Object> OSCILLATING = new ArrayList<>();
    private static final Map<Integer, String> LATE = new ConcurrentHashMap<>();
    private static final Deque<byte[]> RING = new ArrayDeque<>();
    private static final List<Runnable> LISTENERS = new ArrayList<>();
    private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();
    private static final Map<PhantomReference<Object>, String> PHANTOMS = new HashMap<>();
    private static final Cleaner CLEANER = Cleaner.create();
    private static final ThreadLocal<SimpleDateFormat> FORMAT =
            ThreadLocal.withInitial(() -> new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT));

    private static volatile @Nullable Object overwritten;
    private static volatile @Nullable SoftReference<byte[]> soft;
    private static int lateRuns;
    private static int number;

    static {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(new Forgetful());
    }

    private CleanBodies() {}

    static List<Body> all() {
        return List.of(
                Body.clean("nothing", () -> {}),
                Body.clean("string builder", CleanBodies::buildString),
                Body.clean("local maps", CleanBodies::localMaps),
                Body.clean("regular expression", CleanBodies::match),
                Body.clean("String.format", () -> String.format("%s %05d %.3f", "a", number++, 3.14)),
                Body.clean("stream with groups", CleanBodies::group),
                Body.clean(
                        "parallel stream",
                        () -> IntStream.range(0, 10_000)
                                .parallel()
                                .mapToObj(Integer::toString)
                                .count()),
                Body.clean("dynamic proxy", CleanBodies::proxy),
                Body.clean(
                        "reflection",
                        () -> CleanBodies.class.getDeclaredMethod("number").invoke(null)),
                Body.clean("method handle", CleanBodies::methodHandle),
                Body.clean("exceptions", CleanBodies::throwAndCatch),
                Body.clean("logging", () -> LOGGER.info("run " + number++)),
                Body.clean(
                        "date and time",
                        () -> DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                                .format(LocalDateTime.now())),
                Body.clean(
                        "number format",
                        () -> NumberFormat.getCurrencyInstance(Locale.GERMANY).format(number++)),
                Body.clean(
                        "BigDecimal",
                        () -> new BigDecimal(number++ + 2)
                                .sqrt(MathContext.DECIMAL128)
                                .toPlainString()),
                Body.clean("CompletableFuture", CleanBodies::future),
                Body.clean("shared pool", () -> POOL.submit(() -> new byte[64]).get()),
                Body.clean("executor that is shut down", CleanBodies::executor),
                Body.clean("scheduled executor that is shut down", CleanBodies::scheduled),
                Body.clean("thread that ends", CleanBodies::thread),
                Body.clean("timer that is cancelled", CleanBodies::timer),
                Body.clean("temporary file", CleanBodies::file),
                Body.clean("random UUID", () -> UUID.randomUUID().toString()),
                Body.clean("serialization", CleanBodies::serialize),
                Body.clean("interned strings", () -> ("interned " + number++).intern()),
                Body.clean("WeakHashMap", () -> WEAK.put(new Object(), "value")),
                Body.clean("oscillating list", CleanBodies::oscillate),
                Body.clean("late one-time initialization", CleanBodies::initializeLate),
                Body.clean("static field that is overwritten", () -> overwritten = new byte[1000]),
                Body.clean("soft reference that is overwritten", () -> soft = new SoftReference<>(new byte[1000])),
                Body.clean("thread local that is removed", CleanBodies::threadLocal),
                Body.clean("formatter in a thread local", () -> FORMAT.get().format(new Date())),
                Body.clean("class loader that is dropped", Loaded::again),
                Body.clean("listener that is removed", CleanBodies::listen),
                Body.clean("full ring of 16", CleanBodies::ring),
                Body.clean("gzip", CleanBodies::zip),
                Body.clean("XML", CleanBodies::xml),
                Body.clean("JSON", () -> new Gson().fromJson(new Gson().toJson(Map.of("a", List.of(1, 2))), Map.class)),
                Body.clean("properties and scanner", CleanBodies::scan),
                Body.clean(
                        "direct buffer", () -> ByteBuffer.allocateDirect(4096).putInt(number++)),
                Body.clean(
                        "message digest",
                        () -> MessageDigest.getInstance("SHA-256").digest(new byte[100])),
                Body.clean("phantom references", CleanBodies::phantom),
                Body.clean("cleaner", () -> CLEANER.register(new Object(), () -> {})),
                Body.clean("lambdas", CleanBodies::lambdas),
                Body.clean("slow", CleanBodies::wait450Millis));
    }

    private static void buildString() {
        StringBuilder builder = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            builder.append(i).append(',');
        }
        builder.toString();
    }

    private static void localMaps() {
        Map<String, List<Integer>> map = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            map.computeIfAbsent("key " + i % 10, key -> new ArrayList<>()).add(i + 1000);
        }
    }

    private static void match() {
        Pattern.compile("(\\w+)@(\\w+)\\.com").matcher("ada@example.com").replaceAll("$2");
    }

    private static void group() {
        IntStream.range(0, 200).boxed().collect(Collectors.groupingBy(i -> i % 7, Collectors.counting()));
    }

    private static void proxy() {
        Runnable runnable = (Runnable) Proxy.newProxyInstance(
                CleanBodies.class.getClassLoader(), new Class<?>[] {Runnable.class}, (self, method, given) -> null);
        runnable.run();
    }

    static int number() {
        return number;
    }

    private static void methodHandle() throws ReflectiveOperationException {
        MethodHandles.lookup()
                .findVirtual(String.class, "length", MethodType.methodType(int.class))
                .bindTo("text");
    }

    private static void throwAndCatch() {
        for (int i = 0; i < 10; i++) {
            try {
                Integer.parseInt("x" + i);
            } catch (NumberFormatException expected) {
                expected.getStackTrace();
            }
        }
    }

    private static void future() throws Exception {
        CompletableFuture.supplyAsync(() -> number).thenApply(i -> i + 1).get();
    }

    private static void executor() throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        executor.execute(() -> {});
        executor.execute(() -> {});
        executor.shutdown();
        executor.awaitTermination(10, TimeUnit.SECONDS);
    }

    private static void scheduled() throws Exception {
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
        executor.schedule(() -> {}, 1, TimeUnit.MICROSECONDS).get();
        executor.shutdownNow();
        executor.awaitTermination(10, TimeUnit.SECONDS);
    }

    private static void thread() throws InterruptedException {
        Thread thread = new Thread(() -> number++);
        thread.start();
        thread.join();
    }

    private static void timer() {
        Timer timer = new Timer(true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {}
                },
                60_000);
        timer.cancel();
    }

    private static void file() throws IOException {
        Path file = Files.createTempFile("body", ".txt");
        Files.writeString(file, "text");
        Files.readAllLines(file);
        Files.delete(file);
    }

    private static void serialize() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of("a", 1, new Date())));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            in.readObject();
        }
    }

    private static void oscillate() {
        OSCILLATING.add(new byte[32]);
        if (OSCILLATING.size() > 7) {
            OSCILLATING.clear();
        }
    }

    private static void initializeLate() {
        if (++lateRuns == 5) {
            IntStream.range(0, 100).forEach(i -> LATE.put(i, "late " + i));
        }
    }

    private static void threadLocal() {
        ThreadLocal<byte[]> local = new ThreadLocal<>();
        local.set(new byte[100]);
        local.remove();
    }

    private static void listen() {
        Runnable listener = () -> number++;
        LISTENERS.add(listener);
        LISTENERS.remove(listener);
    }

    private static void ring() {
        RING.addLast(new byte[100]);
        if (RING.size() > 16) {
            RING.removeFirst();
        }
    }

    private static void zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("text".repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            in.readAllBytes();
        }
    }

    private static void xml() throws Exception {
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<shop><cart id='1'/><cart id='2'/></shop>")));
    }

    private static void scan() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader("a=1\nb=2"));
        try (Scanner scanner = new Scanner("1 2 three")) {
            scanner.nextInt();
        }
    }

    private static void phantom() {
        PHANTOMS.put(new PhantomReference<>(new Object(), QUEUE), "value");
        for (Object gone = QUEUE.poll(); gone != null; gone = QUEUE.poll()) {
            PHANTOMS.remove(gone);
        }
    }

    private static void lambdas() {
        List<Supplier<Integer>> suppliers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int captured = i;
            suppliers.add(() -> captured);
        }
        suppliers.forEach(Supplier::get);
    }

    /** So slow that blocks are single runs. */
    private static void wait450Millis() {
        overwritten = new byte[1000];
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(450);
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pool");
        thread.setDaemon(true);
        return thread;
    }

    /** Formats each record, and forgets it. */
    private static final class Forgetful extends Handler {

        @Override
        public void publish(LogRecord logged) {
            new SimpleFormatter().format(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
