package io.heapspec.corpus;

import io.heapspec.NoLeak;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Base64;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** What the JVM and the JDK build at first use, and code that makes much garbage. */
@NoLeak
class FirstUseCleanTestCases {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final LongAdder SINK = new LongAdder();
    private static final int[] NOTHING = {};

    record Order(int number, String customer, List<String> lines) implements Serializable {}

    @Test
    void recordUsesItsGeneratedMethods() {
        Order order = new Order(NUMBERS.incrementAndGet(), "ada", List.of("a", "b"));
        SINK.add(order.toString().length() + order.hashCode());
    }

    @Test
    void regexIsCompiledEachTime() {
        SINK.add(Pattern.compile("(\\w+)@(\\w+)\\.(?<tld>[a-z]{2," + (3 + NUMBERS.incrementAndGet() % 5) + "})")
                .matcher("ada@example.org")
                .groupCount());
    }

    @Test
    void stringsAreFormatted() {
        SINK.add(String.format(Locale.ROOT, "%5d|%-8s|%.3f|%tF", NUMBERS.incrementAndGet(), "x", 1.5, LocalDate.EPOCH)
                .length());
    }

    @Test
    void stringsAreConcatenated() {
        SINK.add(("a" + NUMBERS.incrementAndGet() + 'b' + 1.5 + true).length());
    }

    @Test
    void streamsAreGrouped() {
        Map<Integer, List<Integer>> groups =
                IntStream.range(0, 500).boxed().collect(Collectors.groupingBy(number -> number % 7));
        SINK.add(groups.size());
    }

    @Test
    void parallelStreamSums() {
        SINK.add(IntStream.range(0, 5_000)
                .parallel()
                .mapToObj(Integer::toString)
                .mapToInt(String::length)
                .sum());
    }

    @Test
    void recordIsSerialized() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Order(1, "ada", List.of("a")));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            SINK.add(in.readObject().hashCode());
        }
    }

    @Test
    void uuidsAreRandom() {
        SINK.add(UUID.randomUUID().version());
    }

    @Test
    void secureRandomIsCreated() {
        SINK.add(new SecureRandom().nextInt(5));
    }

    @Test
    void datesAreFormattedInManyWays() {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.of("Europe/Berlin"));
        SINK.add(now.format(DateTimeFormatter.ofPattern("EEEE, dd. MMMM yyyy HH:mm z", Locale.GERMANY))
                .length());
        SINK.add(now.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(Locale.FRANCE))
                .length());
    }

    @Test
    void numbersAreFormattedForLocales() {
        for (Locale locale : List.of(Locale.GERMANY, Locale.JAPAN, Locale.US)) {
            SINK.add(NumberFormat.getCurrencyInstance(locale)
                    .format(new BigDecimal("12.5"))
                    .length());
        }
    }

    public static class Words extends ListResourceBundle {
        @Override
        protected Object[][] getContents() {
            return new Object[][] {{"yes", "ja"}};
        }
    }

    @Test
    void resourceBundleIsLoaded() {
        SINK.add(ResourceBundle.getBundle(Words.class.getName(), Locale.GERMANY)
                .getString("yes")
                .length());
    }

    @Test
    void xmlIsParsed() throws Exception {
        byte[] xml = "<orders><order n='1'>x</order></orders>".getBytes(StandardCharsets.UTF_8);
        SINK.add(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getElementsByTagName("order")
                .getLength());
    }

    interface Greeter {
        String greet(String name);
    }

    @Test
    void proxyIsCreated() {
        Greeter greeter = (Greeter) Proxy.newProxyInstance(
                Greeter.class.getClassLoader(),
                new Class<?>[] {Greeter.class},
                (proxy, method, arguments) -> "hello " + arguments[0]);
        SINK.add(greeter.greet("ada").length());
    }

    /** Reflection changes over to generated accessors after some calls. */
    @Test
    void methodIsCalledReflectively() throws Exception {
        SINK.add((Integer) String.class.getMethod("length").invoke("four"));
    }

    @Test
    void exceptionsAreThrownAndForgotten() {
        for (int i = 0; i < 20; i++) {
            try {
                throw new IllegalStateException("number " + NUMBERS.incrementAndGet(), new RuntimeException("cause"));
            } catch (IllegalStateException e) {
                SINK.add(e.getStackTrace().length);
            }
        }
    }

    @Test
    void implicitExceptionsAreThrownOften() {
        for (int i = 0; i < 3_000; i++) {
            try {
                SINK.add(NOTHING[i]);
            } catch (ArrayIndexOutOfBoundsException e) {
                SINK.increment();
            }
        }
    }

    @Test
    void loopWarmsUpTheCompiler() {
        long sum = 0;
        for (int i = 0; i < 200_000; i++) {
            sum += Integer.toString(i).hashCode();
        }
        SINK.add(sum);
    }

    @Test
    void messageIsLogged() {
        Logger logger = Logger.getLogger("io.heapspec.corpus.clean");
        logger.setLevel(Level.OFF);
        logger.log(Level.INFO, "order {0}", NUMBERS.incrementAndGet());
        logger.log(Level.INFO, () -> "order " + NUMBERS.get());
    }

    @Test
    void digestAndBase64() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(new byte[] {1, 2, 3});
        SINK.add(Base64.getEncoder().encodeToString(hash).length());
    }

    @Test
    void servicesAreLoaded() {
        SINK.add(ServiceLoader.load(java.nio.file.spi.FileSystemProvider.class).stream()
                .count());
    }

    @Test
    void bytesAreDeflated() throws Exception {
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[1_000]);
        deflater.finish();
        byte[] packed = new byte[100];
        int length = deflater.deflate(packed);
        deflater.end();
        Inflater inflater = new Inflater();
        inflater.setInput(packed, 0, length);
        SINK.add(inflater.inflate(new byte[1_000]));
        inflater.end();
    }

    /** A lambda here is a class of its own each time the method is linked, which is once. */
    @Test
    void lambdasAreLinked() {
        Runnable first = () -> SINK.add(1);
        Runnable second = SINK::increment;
        first.run();
        second.run();
    }

    @Test
    void enumSwitchAndEnumMapAreUsed() {
        java.util.EnumMap<java.time.DayOfWeek, String> names = new java.util.EnumMap<>(java.time.DayOfWeek.class);
        for (java.time.DayOfWeek day : java.time.DayOfWeek.values()) {
            names.put(
                    day,
                    switch (day) {
                        case SATURDAY, SUNDAY -> "off";
                        default -> "on";
                    });
        }
        SINK.add(names.hashCode());
    }

    @Test
    void largeGarbageIsMade() {
        for (int i = 0; i < 20; i++) {
            SINK.add(new byte[2_000_000].length);
        }
    }

    @Test
    void boxedNumbersOutsideTheCache() {
        Integer number = 1_000_000 + NUMBERS.incrementAndGet();
        SINK.add(number.hashCode());
    }

    @Test
    void tokensAreInternedByTheJvm() {
        for (int i = 0; i < 10; i++) {
            SINK.add(("clean-token-" + NUMBERS.incrementAndGet()).intern().length());
        }
    }
}
