package io.heapspec.internal.hprof;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small dump with a little of everything, and the same without its contents. */
public final class SampleDump {

    /** A text that names nothing. */
    public static final String LITERAL = "select * from users";

    /** The primitive types. */
    private static final int TYPES = BasicType.LONG - BasicType.BOOLEAN + 1;

    private final int idSize;
    private int recordsPerSegment;
    private boolean withArrays = true;
    private boolean withFields = true;
    private Random order;

    public SampleDump(int idSize) {
        this.idSize = idSize;
    }

    /** A dump of some MiB that can hardly be compressed: it does not fit into any buffer on its way. */
    public static byte[] longDump() {
        long[] noise = new Random(1).longs(400_000).toArray();
        return new SampleDump(8).writer().addObjectArray(0x10000, 0x118, noise).toBytes();
    }

    public SampleDump inSegments(int records) {
        recordsPerSegment = records;
        return this;
    }

    /** With the contents of arrays, texts that name nothing, and hashes all zero. */
    public SampleDump withoutArrays() {
        withArrays = false;
        return this;
    }

    /** With all other primitive fields zero. */
    public SampleDump withoutFields() {
        withFields = false;
        return this;
    }

    public SampleDump shuffled(long seed) {
        order = new Random(seed);
        return this;
    }

    public byte[] toBytes() {
        return writer().toBytes();
    }

    public HprofWriter writer() {
        HprofWriter dump = new HprofWriter(idSize);
        dump.text(withArrays ? LITERAL : "\0".repeat(LITERAL.length()));
        addClasses(dump);
        addObjects(dump);
        addRoots(dump);
        if (order != null) {
            dump.shuffled(order);
        }
        return dump.inSegments(recordsPerSegment);
    }

    private void addClasses(HprofWriter dump) {
        dump.addClass(0x100, "java/lang/Object", 0)
                .addClass(
                        0x108,
                        "java/lang/String",
                        0x100,
                        HprofWriter.reference("value"),
                        HprofWriter.primitive("hash", BasicType.INT),
                        HprofWriter.primitive("coder", 8))
                .addClass(0x110, "java/lang/Thread", 0x100, HprofWriter.reference("name"))
                .addClass(0x118, "[Ljava/lang/Object;", 0x100)
                .addClass(
                        0x120,
                        "java/util/HashMap$Node",
                        0x100,
                        HprofWriter.primitive("hash", BasicType.INT),
                        HprofWriter.reference("key"))
                .addClass(0x128, "com/acme/Foo", 0x100, 0x270, statics(), fields())
                .addClass(
                        0x130,
                        "com/acme/Bar",
                        0x128,
                        HprofWriter.reference("hash"),
                        HprofWriter.primitive("count", BasicType.LONG))
                .addLoadedClass(90, 0x138, "com/acme/Constants")
                .addRaw(classWithConstants());
    }

    private List<HprofWriter.Field> statics() {
        List<HprofWriter.Field> statics = new ArrayList<>();
        statics.add(new HprofWriter.Field("POOL", BasicType.OBJECT, 0x210));
        for (int i = 0; i < TYPES; i++) {
            statics.add(new HprofWriter.Field("static" + i, BasicType.BOOLEAN + i, field(0x41 + i)));
        }
        return statics;
    }

    private static HprofWriter.Field[] fields() {
        HprofWriter.Field[] fields = new HprofWriter.Field[TYPES + 1];
        for (int i = 0; i < TYPES; i++) {
            fields[i < 4 ? i : i + 1] = HprofWriter.primitive("field" + i, BasicType.BOOLEAN + i);
        }
        fields[4] = HprofWriter.reference("next");
        return fields;
    }

    private byte[] classWithConstants() {
        ByteBuffer record = ByteBuffer.allocate(200);
        record.put((byte) HeapRecordCursor.CLASS);
        id(record, 0x138).putInt(0);
        id(record, 0x100);
        for (int i = 0; i < 5; i++) {
            id(record, 0);
        }
        record.putInt(0).putShort((short) 2);
        record.putShort((short) 1).put((byte) BasicType.LONG).putLong(field(0x5152535455565758L));
        record.putShort((short) 2).put((byte) BasicType.OBJECT);
        id(record, 0x260).putShort((short) 0).putShort((short) 0);
        byte[] bytes = new byte[record.position()];
        record.get(0, bytes);
        return bytes;
    }

    private ByteBuffer id(ByteBuffer record, long id) {
        return idSize == Long.BYTES ? record.putLong(id) : record.putInt((int) id);
    }

    private void addObjects(HprofWriter dump) {
        dump.addInstance(0x270, 0x128, values(0x208))
                .addInstance(0x208, 0x130, bar())
                .addObjectArray(0x210, 0x118, 0x208, 0, 0x270)
                .addPrimitiveArray(0x240, 8, array('m'), array('a'), array('i'), array('n'))
                .addInstance(0x260, 0x108, 0x240, array(0x00336b59), field(1))
                .addInstance(0x280, 0x110, 0x260)
                .addInstance(0x290, 0x120, array(0x00336b6a), 0x260);
        for (int i = 0; i < TYPES; i++) {
            dump.addPrimitiveArray(0x300 + i * 0x40L, BasicType.BOOLEAN + i, array(0x31), array(0x32), array(0x33));
        }
        dump.addPrimitiveArray(0x600, BasicType.LONG);
    }

    private long[] values(long next) {
        long[] values = new long[TYPES + 1];
        for (int i = 0; i < TYPES; i++) {
            values[i < 4 ? i : i + 1] = field(0x61 + i);
        }
        values[4] = next;
        return values;
    }

    private long[] bar() {
        long[] inherited = values(0);
        long[] values = new long[inherited.length + 2];
        values[0] = 0x210;
        values[1] = field(0x7172737475767778L);
        System.arraycopy(inherited, 0, values, 2, inherited.length);
        return values;
    }

    private static void addRoots(HprofWriter dump) {
        dump.addFrame(0x900, "run", "Foo.java", 6, 33)
                .addStack(2, 1, 0x900)
                .addRoot(HeapRecordCursor.ROOT_THREAD_OBJECT, 0x280, 1, 2)
                .addRoot(HeapRecordCursor.ROOT_JAVA_FRAME, 0x208, 1, 0)
                .addRoot(HeapRecordCursor.ROOT_JNI_LOCAL, 0x208, 1, -1)
                .addRoot(HeapRecordCursor.ROOT_JNI_GLOBAL, 0x208)
                .addRoot(HeapRecordCursor.ROOT_NATIVE_STACK, 0x208, 1)
                .addRoot(HeapRecordCursor.ROOT_THREAD_BLOCK, 0x208, 1)
                .addRoot(HeapRecordCursor.ROOT_MONITOR_USED, 0x208)
                .addRoot(HeapRecordCursor.ROOT_UNKNOWN, 0x208)
                .addStickyClass(0x128);
    }

    private long array(long value) {
        return withArrays ? value : 0;
    }

    private long field(long value) {
        return withFields ? value : 0;
    }
}
