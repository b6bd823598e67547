package io.heapspec.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;

/** Runs in a JVM of its own: writes its heap to a file, and its class histogram before and after to standard output. */
@SuppressWarnings("unused")
final class SizeSample {
    private static final List<Object> KEPT = new ArrayList<>();
    private static final Map<String, Object> MAP = new HashMap<>();
    static byte someByte;
    static long someLong;
    static Object someObject;

    private SizeSample() {}

    static class OneByte {
        byte b;
    }

    static class ByteThenLong extends OneByte {
        long l;
    }

    static class ByteLongThenShort extends ByteThenLong {
        short s;
        Object o;
        boolean z;
    }

    static final class Mixed extends ByteLongThenShort {
        int i;
        double d;
        Object[] array;
        char c;
    }

    static final class Empty {}

    static final class TwoReferences {
        Object first;
        Object second;
    }

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < 500; i++) {
            KEPT.add(List.of(
                    new OneByte(),
                    new ByteThenLong(),
                    new ByteLongThenShort(),
                    new Mixed(),
                    new Empty(),
                    new TwoReferences()));
            KEPT.add(new Object[][] {new Object[i % 9], new String[i % 5]});
            KEPT.add(new byte[i % 17]);
            KEPT.add(new long[][] {new long[i % 4]});
            KEPT.add(List.of(
                    new char[i % 11], new double[i % 3], new boolean[i % 13], new short[i % 7], new float[i % 5]));
            MAP.put("key " + i, "value " + i);
        }
        HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        histogram(); // first-use effects come before the comparison
        System.gc();
        Object before = histogram();
        diagnostics.dumpHeap(arguments[0], true);
        Object after = histogram();
        System.out.println(before + "\nafter\n" + after);
    }

    private static Object histogram() throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
    }
}
