package io.heapspec.internal.hprof;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes small heap dumps for tests.
 *
 * <pre>{@code
 * HprofWriter dump = new HprofWriter(8);
 * dump.addClass(0x100, "java/lang/Object", 0).addClass(0x108, "Node", 0x100, reference("next"));
 * dump.addInstance(0x200, 0x108, 0x208).addInstance(0x208, 0x108, 0).addStickyClass(0x108);
 * byte[] bytes = dump.inSegments(2).toBytes();
 * }</pre>
 */
public final class HprofWriter {
    /** A field; the value is used for static fields only. */
    public record Field(String name, int type, long value) {}

    private record Type(long superId, List<Field> fields) {}

    @FunctionalInterface
    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private final int idSize;
    private final Map<String, Long> texts = new LinkedHashMap<>();
    private final Map<Long, Type> types = new HashMap<>();
    private final List<byte[]> before = new ArrayList<>();
    private final List<byte[]> heap = new ArrayList<>();
    private int nextSerial = 1;
    private int recordsPerSegment;

    public HprofWriter(int idSize) {
        this.idSize = idSize;
    }

    public static Field reference(String name) {
        return new Field(name, BasicType.OBJECT, 0);
    }

    public static Field primitive(String name, int type) {
        return new Field(name, type, 0);
    }

    /** Writes this many records into each segment, instead of one HEAP_DUMP without an end. */
    public HprofWriter inSegments(int records) {
        recordsPerSegment = records;
        return this;
    }

    /** Writes the heap records in another order, as JDK 21 and later do. */
    public HprofWriter shuffled(Random random) {
        Collections.shuffle(heap, random);
        return this;
    }

    public long text(String text) {
        return texts.computeIfAbsent(text, t -> 0x7000_0000L + texts.size());
    }

    public HprofWriter addClass(long id, String name, long superId, Field... fields) {
        return addClass(id, name, superId, 0, List.of(), fields);
    }

    public HprofWriter addClass(long id, String name, long superId, long loader, List<Field> statics, Field... fields) {
        types.put(id, new Type(superId, List.of(fields)));
        addLoadedClass(nextSerial++, id, name);
        heap.add(bytes(out -> {
            out.writeByte(HeapRecordCursor.CLASS);
            writeId(out, id);
            out.writeInt(0);
            for (long link : new long[] {superId, loader, 0, 0, 0, 0}) {
                writeId(out, link);
            }
            out.writeInt(0);
            out.writeShort(1);
            out.writeShort(7);
            writeValue(out, BasicType.OBJECT, loader, true);
            out.writeShort(statics.size());
            for (Field field : statics) {
                writeId(out, text(field.name()));
                writeValue(out, field.type(), field.value(), true);
            }
            out.writeShort(fields.length);
            for (Field field : fields) {
                writeId(out, text(field.name()));
                out.writeByte(field.type());
            }
        }));
        return this;
    }

    public HprofWriter addLoadedClass(int serial, long id, String name) {
        return record(RecordCursor.LOAD_CLASS, out -> {
            out.writeInt(serial);
            writeId(out, id);
            out.writeInt(0);
            writeId(out, text(name));
        });
    }

    /** Adds an instance; values are those of its own fields, then of its superclass's, and so on. */
    public HprofWriter addInstance(long id, long classId, long... values) {
        List<Field> fields = new ArrayList<>();
        for (long c = classId; types.containsKey(c); c = types.get(c).superId()) {
            fields.addAll(types.get(c).fields());
        }
        byte[] content = bytes(out -> {
            for (int i = 0; i < fields.size(); i++) {
                writeValue(out, fields.get(i).type(), values[i], false);
            }
        });
        heap.add(bytes(out -> {
            out.writeByte(HeapRecordCursor.INSTANCE);
            writeId(out, id);
            out.writeInt(0);
            writeId(out, classId);
            out.writeInt(content.length);
            out.write(content);
        }));
        return this;
    }

    public HprofWriter addObjectArray(long id, long classId, long... elements) {
        heap.add(bytes(out -> {
            out.writeByte(HeapRecordCursor.OBJECT_ARRAY);
            writeId(out, id);
            out.writeInt(0);
            out.writeInt(elements.length);
            writeId(out, classId);
            for (long element : elements) {
                writeId(out, element);
            }
        }));
        return this;
    }

    public HprofWriter addPrimitiveArray(long id, int type, long... elements) {
        heap.add(bytes(out -> {
            out.writeByte(HeapRecordCursor.PRIMITIVE_ARRAY);
            writeId(out, id);
            out.writeInt(0);
            out.writeInt(elements.length);
            out.writeByte(type);
            for (long element : elements) {
                writeValue(out, type, element, false);
            }
        }));
        return this;
    }

    public HprofWriter addStickyClass(long id) {
        return addRoot(HeapRecordCursor.ROOT_STICKY_CLASS, id);
    }

    /** Adds a root; numbers are thread serial, frame number or stack serial, as the kind demands. */
    public HprofWriter addRoot(int kind, long id, int... numbers) {
        heap.add(bytes(out -> {
            out.writeByte(kind);
            writeId(out, id);
            if (kind == HeapRecordCursor.ROOT_JNI_GLOBAL) {
                writeId(out, 0);
            }
            for (int number : numbers) {
                out.writeInt(number);
            }
        }));
        return this;
    }

    public HprofWriter addFrame(long id, String method, String file, int classSerial, int line) {
        return record(RecordCursor.STACK_FRAME, out -> {
            writeId(out, id);
            writeId(out, text(method));
            writeId(out, text("()V"));
            writeId(out, text(file));
            out.writeInt(classSerial);
            out.writeInt(line);
        });
    }

    public HprofWriter addStack(int serial, int threadSerial, long... frames) {
        return record(RecordCursor.STACK_TRACE, out -> {
            out.writeInt(serial);
            out.writeInt(threadSerial);
            out.writeInt(frames.length);
            for (long frame : frames) {
                writeId(out, frame);
            }
        });
    }

    /** Adds the bytes of a heap record as they are. */
    public HprofWriter addRaw(byte... record) {
        heap.add(record);
        return this;
    }

    private HprofWriter record(int tag, Content content) {
        byte[] body = bytes(content);
        before.add(bytes(out -> writeRecord(out, tag, body)));
        return this;
    }

    public byte[] toBytes() {
        return bytes(out -> {
            out.write("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII));
            out.writeInt(idSize);
            out.writeLong(0);
            for (Map.Entry<String, Long> text : texts.entrySet()) {
                byte[] body = bytes(record -> {
                    writeId(record, text.getValue());
                    record.write(text.getKey().getBytes(StandardCharsets.UTF_8));
                });
                writeRecord(out, RecordCursor.UTF8, body);
            }
            for (byte[] record : before) {
                out.write(record);
            }
            writeHeap(out);
        });
    }

    private void writeHeap(DataOutputStream out) throws IOException {
        int step = recordsPerSegment == 0 ? Math.max(1, heap.size()) : recordsPerSegment;
        for (int i = 0; i < heap.size(); i += step) {
            List<byte[]> some = heap.subList(i, Math.min(i + step, heap.size()));
            byte[] body = bytes(segment -> {
                for (byte[] record : some) {
                    segment.write(record);
                }
            });
            writeRecord(out, recordsPerSegment == 0 ? RecordCursor.HEAP_DUMP : RecordCursor.HEAP_DUMP_SEGMENT, body);
        }
        if (recordsPerSegment != 0) {
            writeRecord(out, RecordCursor.HEAP_DUMP_END, new byte[0]);
        }
    }

    private static void writeRecord(DataOutputStream out, int tag, byte[] body) throws IOException {
        out.writeByte(tag);
        out.writeInt(0);
        out.writeInt(body.length);
        out.write(body);
    }

    private void writeId(DataOutputStream out, long id) throws IOException {
        if (idSize == Long.BYTES) {
            out.writeLong(id);
        } else {
            out.writeInt((int) id);
        }
    }

    private void writeValue(DataOutputStream out, int type, long value, boolean withType) throws IOException {
        if (withType) {
            out.writeByte(type);
        }
        switch (BasicType.width(type, idSize)) {
            case 1 -> out.writeByte((int) value);
            case 2 -> out.writeShort((int) value);
            case 4 -> out.writeInt((int) value);
            default -> out.writeLong(value);
        }
    }

    private static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
