package io.heapspec.internal.allocation;

import io.heapspec.internal.allocation.AllocationWindow.Body;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Small programs of which it is known what they allocate: by the language, or by the source of the JDK. */
final class Programs {

    static @Nullable Object sink;
    private static final List<String> LIST = new ArrayList<>(List.of("a", "b"));
    private static final Constructor<Point> CONSTRUCTOR = constructor();
    private static final MethodHandle HANDLE = handle();
    private static final int[] PRIMES = {2, 3, 5};
    private static final String TEXT = String.valueOf(new char[] {'t', 'e', 'x', 't'});
    private static final Copied COPIED = new Copied();
    private static final byte[] SENT = sent();
    private static final Runnable IDLE = () -> {};
    private static final Method NOTHING = method(Programs.class, "nothing");
    private static final int FEATURE = Runtime.version().feature();
    private static int number = 1_000;

    private Programs() {}

    /**
     * A program and what it allocates.
     *
     * @param name what it shows
     * @param expected objects by class, as in {@code 1 java.lang.Integer, 2 int[]}
     * @param seen the same as instrumentation sees it
     * @param partly whether only the classes that are named are known, and the rest is the JDK's affair
     * @param body the program
     */
    record Program(String name, String expected, String seen, boolean partly, Body body) {

        Program(String name, String expected, Body body) {
            this(name, expected, expected, false, body);
        }

        /** The same program, of which instrumentation does not see all: some objects the JVM makes itself. */
        Program seenAs(String other) {
            return new Program(name, expected, other, partly, body);
        }

        /** The same program, where the JDK makes more, depending on its version. */
        Program amongOthers() {
            return new Program(name, expected, seen, true, body);
        }

        /** Tells whether these are the objects that are expected. */
        boolean isAsExpected(Map<String, Long> objects) {
            return isAs(expected, objects);
        }

        /** Tells whether these are the objects that instrumentation is expected to see. */
        boolean isAsSeen(Map<String, Long> objects) {
            return isAs(seen, objects);
        }

        /** Returns how many objects of a class are expected. */
        long expectedOf(String className) {
            return Arrays.stream(expected.split(", "))
                    .filter(each -> each.endsWith(" " + className))
                    .mapToLong(each -> Long.parseLong(each.substring(0, each.indexOf(' '))))
                    .sum();
        }

        private boolean isAs(String text, Map<String, Long> objects) {
            Set<String> named = Arrays.stream(text.split(", "))
                    .map(each -> each.substring(each.indexOf(' ') + 1))
                    .collect(Collectors.toSet());
            return objects.entrySet().stream()
                    .filter(each -> !partly || named.contains(each.getKey()))
                    .sorted(Map.Entry.comparingByKey())
                    .map(each -> each.getValue() + " " + each.getKey())
                    .collect(Collectors.joining(", "))
                    .equals(text);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    record Point(int x, int y) {}

    enum Color {
        RED,
        GREEN
    }

    static class Plain {
        long value;
    }

    static final class Stackless extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        Stackless() {
            super(null, null, false, false);
        }
    }

    static final class Copied implements Cloneable {
        final int[] shared = PRIMES;

        Copied copy() {
            try {
                return (Copied) clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static final class Sent implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        int value = 5;
    }

    static List<Program> all() {
        List<Program> programs = new ArrayList<>();
        Map<String, Body> one = new LinkedHashMap<>();
        one.put("java.lang.Object", () -> sink = new Object());
        one.put("io.heapspec.internal.allocation.Programs$Plain", () -> sink = new Plain());
        one.put("io.heapspec.internal.allocation.Programs$Point", () -> sink = new Point(1, 2));
        one.put("java.lang.Integer", () -> sink = ++number);
        one.put("java.lang.Long", () -> sink = (long) ++number);
        one.put("java.lang.Double", () -> sink = (double) ++number);
        one.put("boolean[]", () -> sink = new boolean[3]);
        one.put("byte[]", () -> sink = new byte[100]);
        one.put("char[]", () -> sink = new char[5]);
        one.put("short[]", () -> sink = new short[5]);
        one.put("int[]", () -> sink = new int[7]);
        one.put("long[]", () -> sink = new long[1]);
        one.put("float[]", () -> sink = new float[9]);
        one.put("double[]", () -> sink = new double[1000]);
        one.put("java.lang.Object[]", () -> sink = new Object[4]);
        one.put("java.lang.String[]", () -> sink = new String[4]);
        one.put("java.lang.Runnable[][]", () -> sink = new Runnable[3][]);
        one.put("io.heapspec.internal.allocation.Programs$Color[]", () -> sink = Color.values());
        one.put("java.util.ArrayList", () -> sink = new ArrayList<>());
        one.put("java.util.ArrayList$Itr", () -> sink = LIST.iterator());
        one.put("io.heapspec.internal.allocation.Programs$Stackless", () -> sink = new Stackless());
        one.forEach((type, body) -> programs.add(new Program("one " + type, "1 " + type, body)));
        programs.add(new Program("nothing", "", () -> {}));
        programs.add(new Program("a cached box", "", () -> sink = 7));
        programs.add(new Program("a constant", "", () -> sink = "text"));
        programs.add(new Program("an empty varargs array", "1 java.lang.Object[]", () -> sink = varargs()));
        programs.add(new Program(
                "varargs with a box", "1 java.lang.Integer, 1 java.lang.Object[]", () -> sink = varargs(++number)));
        programs.add(new Program("an array of arrays", "3 int[], 1 int[][]", () -> sink = new int[3][5]));
        programs.add(
                new Program("three dimensions", "6 long[], 2 long[][], 1 long[][][]", () -> sink = new long[2][3][1]));
        programs.add(new Program(
                "a string of its own", "1 byte[], 1 char[], 1 java.lang.String", () -> sink = text(number++)));
        programs.add(new Program("a copy of an array", "1 int[]", () -> sink = PRIMES.clone()));
        programs.add(new Program("a hundred arrays", "100 int[]", () -> times(100, () -> new int[4])));
        // The JVM generates the code behind a reference to a constructor.
        programs.add(new Program("ten thousand objects", "10000 java.lang.Object", () -> times(10_000, Object::new))
                .seenAs(""));
        programs.add(new Program(
                "a lambda that captures",
                "1 io.heapspec.internal.allocation.Programs$$Lambda",
                () -> sink = capturing(number)));
        programs.add(new Program("a lambda that does not", "", () -> sink = plainLambda()));
        programs.add(new Program(
                "reflection",
                "1 io.heapspec.internal.allocation.Programs$Point, 2 java.lang.Integer, 1 java.lang.Object[]",
                () -> sink = CONSTRUCTOR.newInstance(1000, 2000)));
        programs.add(new Program(
                "a method handle",
                "1 io.heapspec.internal.allocation.Programs$Point",
                () -> sink = (Point) HANDLE.invokeExact(number, number)));
        addOfTheLanguage(programs);
        addOfTheLibrary(programs);
        addOfTheJvm(programs);
        return programs;
    }

    private static void addOfTheLanguage(List<Program> programs) {
        // From JDK 24 on code that the JDK generates makes the string.
        programs.add(new Program("concatenation", "1 byte[], 1 java.lang.String", () -> sink = "a" + number++ + TEXT)
                .seenAs(FEATURE >= 24 ? "1 byte[]" : "1 byte[], 1 java.lang.String"));
        programs.add(new Program(
                "a reference to a method of an object",
                "1 io.heapspec.internal.allocation.Programs$$Lambda",
                () -> sink = boundReference(TEXT)));
        programs.add(new Program("a reference to a method", "", () -> sink = reference()));
        programs.add(new Program("a loop over a list", "1 java.util.ArrayList$Itr", () -> {
            for (String each : LIST) {
                sink = each;
            }
        }));
        programs.add(new Program(
                "an anonymous class", "1 io.heapspec.internal.allocation.Programs$1", () -> sink = anonymous(number)));
        programs.add(new Program(
                "a copy of an object",
                "1 io.heapspec.internal.allocation.Programs$Copied",
                () -> sink = COPIED.copy()));
        programs.add(new Program(
                "the hash of a record",
                "1 io.heapspec.internal.allocation.Programs$Point",
                () -> number += new Point(1, 2).hashCode() & 1));
        programs.add(new Program("a switch over constants", "", () -> sink = switched(Color.RED)));
    }

    private static void addOfTheLibrary(List<Program> programs) {
        programs.add(new Program(
                "a builder of strings",
                "2 byte[], 1 java.lang.String, 1 java.lang.StringBuilder",
                () -> sink = new StringBuilder(8).append(TEXT).append(TEXT).toString()));
        programs.add(new Program("a part of a string", "1 byte[], 1 java.lang.String", () -> sink = TEXT.substring(1)));
        programs.add(new Program(
                "an entry of a map",
                "1 java.util.HashMap, 1 java.util.HashMap$Node, 1 java.util.HashMap$Node[]",
                () -> sink = new HashMap<>(4).merge(TEXT, TEXT, (one, two) -> one)));
        programs.add(new Program(
                "a list that grows once", "2 java.lang.Object[], 1 java.util.ArrayList", () -> sink = filled(11)));
        programs.add(new Program("a longer copy of an array", "1 int[]", () -> sink = Arrays.copyOf(PRIMES, 10)));
        programs.add(new Program(
                "an array by reflection", "5 int[], 1 int[][]", () -> sink = Array.newInstance(int.class, 4, 2)));
        programs.add(new Program("a method by reflection", "1 java.lang.Object[]", () -> sink = NOTHING.invoke(null)));
        programs.add(new Program(
                "a stream",
                "2 java.lang.Object[], 1 java.util.ArrayList$ArrayListSpliterator, 1 java.util.ImmutableCollections$ListN, "
                        + "1 java.util.stream.Nodes$SpinedNodeBuilder, 1 java.util.stream.ReferencePipeline$2, "
                        + "1 java.util.stream.ReferencePipeline$2$1, 1 java.util.stream.ReferencePipeline$3, "
                        + "1 java.util.stream.ReferencePipeline$3$1, 1 java.util.stream.ReferencePipeline$Head",
                () -> sink = LIST.stream()
                        .map(String::length)
                        .filter(length -> length > 0)
                        .toList()));
        programs.add(new Program(
                        "an object that is read from bytes",
                        "1 io.heapspec.internal.allocation.Programs$Sent, 1 java.io.ByteArrayInputStream, 1 java.io.ObjectInputStream",
                        () -> sink = new ObjectInputStream(new ByteArrayInputStream(SENT)).readObject())
                .amongOthers());
    }

    private static void addOfTheJvm(List<Program> programs) {
        // For each 32 frames, as HotSpot keeps them: methods, indexes, classes, names, and what links these.
        programs.add(new Program(
                        "an exception with a trace",
                        "4 int[], 1 java.lang.IllegalStateException, 8 java.lang.Object[], 4 long[], 4 short[]",
                        () -> sink = failure(100))
                .seenAs("1 java.lang.IllegalStateException"));
        programs.add(new Program("a thread", "1 java.lang.Thread", () -> {
                    Thread thread = new Thread(null, IDLE, "idle");
                    thread.start();
                    thread.join();
                })
                .amongOthers());
        if (FEATURE >= 21) {
            Method start = method(Thread.class, "startVirtualThread", Runnable.class);
            programs.add(new Program("a virtual thread", "1 java.lang.VirtualThread", () -> {
                        Thread thread = (Thread) start.invoke(null, IDLE);
                        thread.join();
                    })
                    .amongOthers());
        }
    }

    private static void times(int times, Supplier<Object> body) {
        for (int i = 0; i < times; i++) {
            sink = body.get();
        }
    }

    private static Object varargs(Object... arguments) {
        return arguments;
    }

    private static String text(int value) {
        return new String(new char[] {(char) ('a' + value % 26)});
    }

    private static IntSupplier capturing(int value) {
        return () -> value;
    }

    private static Supplier<Object> boundReference(String text) {
        return text::length;
    }

    private static Function<String, Integer> reference() {
        return String::length;
    }

    private static Object anonymous(int value) {
        return new Object() {
            final int kept = value;
        };
    }

    private static @Nullable Object switched(Color color) {
        return switch (color) {
            case RED -> TEXT;
            case GREEN -> null;
        };
    }

    private static List<String> filled(int size) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(TEXT);
        }
        return list;
    }

    /** Made below so many frames of this, that of the JVM's caller are few more. */
    private static Throwable failure(int frames) {
        return frames == 0 ? new IllegalStateException() : failure(frames - 1);
    }

    static void nothing() {}

    private static byte[] sent() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Sent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getDeclaredMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IntSupplier plainLambda() {
        return () -> 1;
    }

    private static Constructor<Point> constructor() {
        try {
            return Point.class.getDeclaredConstructor(int.class, int.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle handle() {
        try {
            return MethodHandles.lookup()
                    .findConstructor(Point.class, MethodType.methodType(void.class, int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
