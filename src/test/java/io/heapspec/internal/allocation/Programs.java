package io.heapspec.internal.allocation;

import io.heapspec.internal.allocation.AllocationWindow.Body;
import java.io.Serial;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Small programs of which it is known what they allocate: by the language, or by the source of the JDK. */
final class Programs {

    static @Nullable Object sink;
    private static final List<String> LIST = new ArrayList<>(List.of("a", "b"));
    private static final Constructor<Point> CONSTRUCTOR = constructor();
    private static final MethodHandle HANDLE = handle();
    private static final int[] PRIMES = {2, 3, 5};
    private static int number = 1_000;

    private Programs() {}

    /**
     * A program and what it allocates.
     *
     * @param name what it shows
     * @param expected objects by class, as in {@code 1 java.lang.Integer, 2 int[]}
     * @param body the program
     */
    record Program(String name, String expected, Body body) {

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
        programs.add(new Program("ten thousand objects", "10000 java.lang.Object", () -> times(10_000, Object::new)));
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
        return programs;
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
