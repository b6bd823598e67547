package io.heapspec.internal.retention;

import static io.heapspec.internal.hprof.HprofWriter.reference;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofWriter;
import io.heapspec.internal.hprof.HprofWriter.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A random heap that can be dumped with its objects at other places. The same seed gives the same heap, whatever the places.
 *
 * <p>It has classes of one name by two loaders, soft and weak references, arrays, threads with local variables, and roots of native code.
 */
final class ScatteredHeap {

    private static final int OBJECTS = 160;
    private static final String[] NAMES = {
        "java/lang/Object",
        "java/lang/ref/Reference",
        "java/lang/ref/SoftReference",
        "java/lang/ref/WeakReference",
        "java/lang/Thread",
        "acme/Cache",
        "acme/Entry",
        "acme/Loader",
        "acme/Twin",
        "acme/Twin",
        "acme/Entry[]"
    };
    private static final int[] PARENTS = {-1, 0, 1, 1, 0, 0, 5, 0, 0, 0, 0};
    private static final int FIRST_LOADER = NAMES.length;
    private static final int ARRAY = NAMES.length - 1;
    private static final int THREAD = 4;

    private final long seed;
    private Random random = new Random();
    private long[] addresses = {};
    private HprofWriter dump = new HprofWriter(8);

    ScatteredHeap(long seed) {
        this.seed = seed;
    }

    /** Dumps it with its objects, and their records, in an order that depends on the placement. */
    HeapGraph open(Path folder, long placement) throws IOException {
        random = new Random(seed);
        addresses = places(new Random(placement));
        dump = new HprofWriter(8);
        for (int type = 0; type < NAMES.length; type++) {
            addClass(type);
        }
        for (int object = FIRST_LOADER; object < OBJECTS; object++) {
            addObject(object);
        }
        addRoots();
        Path file = folder.resolve(seed + "-" + placement + ".hprof");
        Files.write(file, dump.shuffled(new Random(placement)).inSegments(50).toBytes());
        return HeapGraph.open(file);
    }

    /** All as far from one another, since sizes may follow from distances. */
    private static long[] places(Random placement) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, OBJECTS).boxed().toList());
        Collections.shuffle(order, placement);
        return order.stream().mapToLong(place -> 0x10000 + place * 0x400L).toArray();
    }

    private void addClass(int type) {
        List<Field> statics = new ArrayList<>();
        for (int i = type > THREAD ? random.nextInt(3) : 0; i > 0; i--) {
            statics.add(new Field("STATIC" + i, BasicType.OBJECT, any()));
        }
        long loader = type > THREAD ? addresses[FIRST_LOADER + type % 2] : 0;
        List<Field> fields = new ArrayList<>();
        if (type == 1) {
            fields.add(reference("referent"));
        }
        for (int i = type > THREAD && type < ARRAY ? 1 + random.nextInt(3) : 0; i > 0; i--) {
            fields.add(reference("field" + i));
        }
        long parent = PARENTS[type] < 0 ? 0 : addresses[PARENTS[type]];
        dump.addClass(addresses[type], NAMES[type], parent, loader, statics, fields.toArray(Field[]::new));
    }

    private void addObject(int object) {
        int type = object < FIRST_LOADER + 2 ? 7 : 2 + random.nextInt(NAMES.length - 2);
        long[] values = random.longs(8).map(x -> any()).toArray();
        if (type == ARRAY) {
            dump.addObjectArray(addresses[object], addresses[ARRAY], values);
        } else {
            dump.addInstance(addresses[object], addresses[type], values);
        }
    }

    private void addRoots() {
        dump.addFrame(0x900, "run", "Cache.java", 6, 12).addStack(1, 1, 0x900).addStack(2, 2, 0x900);
        dump.addRoot(HeapRecordCursor.ROOT_THREAD_OBJECT, anyObject(), 1, 1);
        dump.addRoot(HeapRecordCursor.ROOT_THREAD_OBJECT, anyObject(), 2, 2);
        for (int i = 0; i < 2; i++) {
            dump.addRoot(HeapRecordCursor.ROOT_JAVA_FRAME, anyObject(), 1 + i, 0);
            dump.addRoot(HeapRecordCursor.ROOT_JNI_LOCAL, anyObject(), 1 + i, 0);
            dump.addRoot(HeapRecordCursor.ROOT_JNI_GLOBAL, anyObject());
        }
        dump.addRoot(HeapRecordCursor.ROOT_MONITOR_USED, anyObject());
    }

    private long anyObject() {
        return addresses[FIRST_LOADER + random.nextInt(OBJECTS - FIRST_LOADER)];
    }

    /** Null mostly, so that paths become long and much is not reached at all. */
    private long any() {
        return random.nextInt(10) < 6 ? 0 : addresses[random.nextInt(OBJECTS)];
    }
}
