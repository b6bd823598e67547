package io.heapspec.heap;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofWriter;
import io.heapspec.internal.hprof.HprofWriter.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A random object graph: as plain data, and as a dump of it. The same seed gives the same graph. */
final class RandomGraph {
    /** An outgoing reference: the name of the field, or a word in angle brackets, and the target's identifier. */
    record Edge(String name, long target) {}

    /** An object as expected. */
    record Node(ObjectKind kind, String className, List<Edge> edges) {}

    final Map<Long, Node> nodes = new TreeMap<>(Long::compareUnsigned);
    final List<Long> roots = new ArrayList<>();
    final int idSize;
    private final Random random;
    private final HprofWriter writer;
    private final List<Long> ids = new ArrayList<>();
    private final List<Long> classIds = new ArrayList<>();
    private final List<List<Field>> fieldsOfClass = new ArrayList<>();
    private int used;

    RandomGraph(long seed) {
        random = new Random(seed);
        idSize = random.nextBoolean() ? 4 : 8;
        writer = new HprofWriter(idSize);
        drawIds(20 + random.nextInt(200));
        int classes = 2 + random.nextInt(6);
        for (int c = 0; c < classes; c++) {
            addClass(c);
        }
        while (used < ids.size()) {
            addObject();
        }
        for (int i = 0; i < 5; i++) {
            long id = ids.get(random.nextInt(ids.size()));
            roots.add(id);
            switch (random.nextInt(4)) {
                case 0 -> writer.addRoot(HeapRecordCursor.ROOT_JAVA_FRAME, id, 1, 0);
                case 1 -> writer.addRoot(HeapRecordCursor.ROOT_JNI_GLOBAL, id);
                default -> writer.addStickyClass(id);
            }
        }
    }

    HeapGraph open() throws IOException {
        return open(toBytes());
    }

    static HeapGraph open(byte[] dump) throws IOException {
        return HeapGraph.read(HprofBytes.of(ByteBuffer.wrap(dump)), share -> {});
    }

    /** Says all there is, for the message of a test that fails. */
    String describe() {
        StringBuilder text = new StringBuilder("roots " + roots);
        nodes.forEach((id, node) -> text.append("\n").append(id).append(" ").append(node));
        return text.toString();
    }

    byte[] toBytes() {
        if (random.nextBoolean()) {
            writer.inSegments(1 + random.nextInt(10));
        }
        if (random.nextBoolean()) {
            writer.shuffled(random);
        }
        return writer.toBytes();
    }

    /** Identifiers in one of four shapes: dense and aligned, unaligned, strewn over all numbers, at the top. */
    private void drawIds(int count) {
        int shape = random.nextInt(4);
        long next = shape == 3 && idSize == 8 ? -1L << 20 : 0x1000;
        while (ids.size() < count) {
            next += shape == 1 ? 1 + random.nextInt(5) : 8L * (1 + random.nextInt(6));
            long id = shape != 2 ? next : idSize == 8 ? random.nextLong() : random.nextInt() & 0xFFFF_FFFFL;
            if (id != 0 && !ids.contains(id)) {
                ids.add(id);
            }
        }
        java.util.Collections.shuffle(ids, random);
    }

    private void addClass(int c) {
        long id = ids.get(used++);
        int parent = c == 0 ? -1 : random.nextInt(c);
        List<Field> own = new ArrayList<>();
        for (int f = random.nextInt(5); f > 0; f--) {
            own.add(new Field("f" + c + "_" + f, randomType(), 0));
        }
        List<Field> statics = new ArrayList<>();
        for (int f = random.nextInt(4); f > 0; f--) {
            int type = randomType();
            statics.add(new Field("s" + c + "_" + f, type, type == BasicType.OBJECT ? anyId() : random.nextLong()));
        }
        long superId = parent < 0 ? 0 : classIds.get(parent);
        long loader = anyId();
        writer.addClass(id, "pkg/C" + c, superId, loader, statics, own.toArray(Field[]::new));
        List<Field> all = new ArrayList<>(own);
        all.addAll(parent < 0 ? List.of() : fieldsOfClass.get(parent));
        classIds.add(id);
        fieldsOfClass.add(all);
        List<Edge> edges = new ArrayList<>();
        addEdge(edges, "<super>", superId);
        addEdge(edges, "<loader>", loader);
        addEdge(edges, "<constant>", loader);
        statics.stream().filter(s -> s.type() == BasicType.OBJECT).forEach(s -> addEdge(edges, s.name(), s.value()));
        nodes.put(id, new Node(ObjectKind.CLASS, "java.lang.Class", edges));
    }

    private void addObject() {
        long id = ids.get(used++);
        int c = random.nextInt(classIds.size());
        switch (random.nextInt(4)) {
            case 0 -> addObjectArray(id, c);
            case 1 -> addPrimitiveArray(id);
            default -> addInstance(id, c);
        }
    }

    private void addInstance(long id, int c) {
        List<Field> fields = fieldsOfClass.get(c);
        long[] values = new long[fields.size()];
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            boolean reference = fields.get(i).type() == BasicType.OBJECT;
            values[i] = reference ? anyId() : random.nextLong();
            if (reference) {
                addEdge(edges, fields.get(i).name(), values[i]);
            }
        }
        writer.addInstance(id, classIds.get(c), values);
        nodes.put(id, new Node(ObjectKind.INSTANCE, "pkg.C" + c, edges));
    }

    private void addObjectArray(long id, int c) {
        long[] elements = random.longs(random.nextInt(6)).map(x -> anyId()).toArray();
        List<Edge> edges = new ArrayList<>();
        for (long element : elements) {
            addEdge(edges, "<element>", element);
        }
        writer.addObjectArray(id, classIds.get(c), elements);
        nodes.put(id, new Node(ObjectKind.OBJECT_ARRAY, "pkg.C" + c, edges));
    }

    private void addPrimitiveArray(long id) {
        int type = BasicType.BOOLEAN + random.nextInt(8);
        writer.addPrimitiveArray(id, type, random.longs(random.nextInt(6)).toArray());
        nodes.put(
                id, new Node(ObjectKind.PRIMITIVE_ARRAY, FieldType.ofCode(type).keyword() + "[]", List.of()));
    }

    private void addEdge(List<Edge> edges, String name, long target) {
        if (ids.contains(target)) {
            edges.add(new Edge(name, target));
        }
    }

    private int randomType() {
        return random.nextBoolean() ? BasicType.OBJECT : BasicType.BOOLEAN + random.nextInt(8);
    }

    /** An object, or now and then null or an identifier of nothing. */
    private long anyId() {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> idSize == 8 ? random.nextLong() : random.nextInt() & 0xFFFF_FFFFL;
            default -> ids.get(random.nextInt(ids.size()));
        };
    }
}
