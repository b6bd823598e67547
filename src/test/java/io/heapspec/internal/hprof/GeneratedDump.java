package io.heapspec.internal.hprof;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Writes a dump of any number of objects without having them: ten for each order, which has a name and two items that
 * refer to other orders at random, in one large table; and ten sessions of two objects each in a table of their own.
 *
 * <p>Addresses and order in the file are those of a heap that the serial collector has just compacted.
 */
public final class GeneratedDump {
    public static final int SESSIONS = 10;
    public static final String SESSION = "com.acme.Session";
    public static final String ORDERS = "com.acme.Orders";
    public static final int OBJECTS_OF_ORDER = 10;

    private static final int OBJECT = 0x100;
    private static final int REFERENCES = 0x180;
    private static final int ORDERS_CLASS = 0x200;
    private static final int SESSION_CLASS = 0x280;
    private static final int STRING = 0x300;
    private static final int ORDER = 0x380;
    private static final int NODE = 0x400;
    private static final int ITEMS = 0x480;
    private static final int ITEM = 0x500;
    private static final int NUMBER = 0x580;
    private static final long TABLE = 0x10_0000;

    /** Bytes of address space of an order with all that belongs to it. */
    private static final int ORDER_SPACE = 32 + 24 + 32 + 24 + 24 + 24 + 24 + 24 + 16 + 16;

    private final int orders;
    private final long sessionTable;
    private final long firstOrder;
    private final DataOutputStream out;
    private final Random random = new Random(1);

    private GeneratedDump(int orders, DataOutputStream out) {
        this.orders = orders;
        this.out = out;
        sessionTable = TABLE + (16 + 4L * orders + 7 & -8);
        firstOrder = sessionTable + 16 + 4L * SESSIONS + 64L * SESSIONS;
    }

    /** Writes a dump of {@code orders} times ten objects and a few. */
    public static void write(Path file, int orders) throws IOException {
        HprofWriter start = new HprofWriter(8)
                .addClass(OBJECT, "java/lang/Object", 0)
                .addClass(REFERENCES, "[Ljava/lang/Object;", OBJECT);
        long sessions = TABLE + (16 + 4L * orders + 7 & -8);
        start.addClass(
                        ORDERS_CLASS,
                        "com/acme/Orders",
                        OBJECT,
                        0,
                        List.of(
                                new HprofWriter.Field("ALL", BasicType.OBJECT, TABLE),
                                new HprofWriter.Field("SESSIONS", BasicType.OBJECT, sessions)))
                .addClass(SESSION_CLASS, "com/acme/Session", OBJECT, HprofWriter.reference("content"))
                .addClass(
                        STRING,
                        "java/lang/String",
                        OBJECT,
                        HprofWriter.reference("value"),
                        HprofWriter.primitive("hash", 10),
                        HprofWriter.primitive("coder", 8))
                .addClass(
                        ORDER,
                        "com/acme/Order",
                        OBJECT,
                        HprofWriter.primitive("number", BasicType.LONG),
                        HprofWriter.reference("name"),
                        HprofWriter.reference("items"))
                .addClass(
                        NODE,
                        "com/acme/Node",
                        OBJECT,
                        HprofWriter.reference("key"),
                        HprofWriter.reference("value"),
                        HprofWriter.reference("next"))
                .addClass(ITEMS, "com/acme/Items", OBJECT, HprofWriter.reference("elements"))
                .addClass(
                        ITEM,
                        "com/acme/Item",
                        OBJECT,
                        HprofWriter.reference("number"),
                        HprofWriter.reference("related"))
                .addClass(NUMBER, "java/lang/Integer", OBJECT, HprofWriter.primitive("value", 10));
        // One record that reaches to the end of the file.
        byte[] beginning = start.toBytes();
        ByteBuffer.wrap(beginning).putInt(positionOfHeapDump(beginning) + 5, 0);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            out.write(beginning);
            new GeneratedDump(orders, out).write();
        }
    }

    private static int positionOfHeapDump(byte[] dump) {
        for (int i = 31; ; i += 9 + ByteBuffer.wrap(dump).getInt(i + 5)) {
            if (dump[i] == RecordCursor.HEAP_DUMP) {
                return i;
            }
        }
    }

    private void write() throws IOException {
        array(TABLE, orders);
        for (int i = 0; i < orders; i++) {
            out.writeLong(order(i));
        }
        array(sessionTable, SESSIONS);
        long firstSession = sessionTable + 16 + 4L * SESSIONS;
        for (int i = 0; i < SESSIONS; i++) {
            out.writeLong(firstSession + i * 64L);
        }
        for (int i = 0; i < SESSIONS; i++) {
            instance(firstSession + i * 64L, SESSION_CLASS, 8);
            out.writeLong(firstSession + i * 64L + 16);
            bytes(firstSession + i * 64L + 16, 32);
        }
        for (int i = 0; i < orders; i++) {
            writeOrder(i);
        }
        out.writeByte(HeapRecordCursor.ROOT_STICKY_CLASS);
        out.writeLong(ORDERS_CLASS);
    }

    private long order(int i) {
        return firstOrder + (long) i * ORDER_SPACE;
    }

    /** The order in which a program makes them; the table has the order, which its node is above of in no real heap. */
    private void writeOrder(int i) throws IOException {
        long node = order(i);
        long order = node + 24;
        long string = order + 32;
        long items = string + 24;
        long elements = items + 16;
        long item = elements + 24;
        long number = item + 2 * 24;
        long text = number + 2 * 16;
        instance(node, NODE, 24);
        out.writeLong(string);
        out.writeLong(order);
        out.writeLong(i + 1 < orders && i % 4 == 0 ? order(i + 1) : 0);
        instance(order, ORDER, 24);
        out.writeLong(i);
        out.writeLong(string);
        out.writeLong(items);
        instance(string, STRING, 13);
        out.writeLong(text);
        out.writeInt(0);
        out.writeByte(0);
        instance(items, ITEMS, 8);
        out.writeLong(elements);
        array(elements, 2);
        out.writeLong(item);
        out.writeLong(item + 24);
        for (int each = 0; each < 2; each++) {
            instance(item + each * 24, ITEM, 16);
            out.writeLong(number + each * 16);
            out.writeLong(order(random.nextInt(i + 1)) + 24);
        }
        for (int each = 0; each < 2; each++) {
            instance(number + each * 16, NUMBER, 4);
            out.writeInt(random.nextInt());
        }
        bytes(text, 16);
    }

    private void instance(long id, long type, int fieldBytes) throws IOException {
        out.writeByte(HeapRecordCursor.INSTANCE);
        out.writeLong(id);
        out.writeInt(0);
        out.writeLong(type);
        out.writeInt(fieldBytes);
    }

    private void array(long id, int length) throws IOException {
        out.writeByte(HeapRecordCursor.OBJECT_ARRAY);
        out.writeLong(id);
        out.writeInt(0);
        out.writeInt(length);
        out.writeLong(REFERENCES);
    }

    private void bytes(long id, int length) throws IOException {
        out.writeByte(HeapRecordCursor.PRIMITIVE_ARRAY);
        out.writeLong(id);
        out.writeInt(0);
        out.writeInt(length);
        out.writeByte(8);
        out.write(new byte[length]);
    }
}
