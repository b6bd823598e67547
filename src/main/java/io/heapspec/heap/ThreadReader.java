package io.heapspec.heap;

import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts threads, stack traces and stack frames together; each name, frame and stack is made once, however often meant. */
final class ThreadReader {
    private static final String THREAD = "java.lang.Thread";
    private static final int LONGEST_NAME = 1000;

    private final HprofBytes bytes;
    private final DumpSymbols symbols;
    private final Texts texts;
    private final FieldReader fields;
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Long, ThreadInfo.Frame> frames = new HashMap<>();
    private final Map<Integer, List<ThreadInfo.Frame>> stacks = new HashMap<>();

    ThreadReader(HprofBytes bytes, DumpSymbols symbols, Texts texts, FieldReader fields) {
        this.bytes = bytes;
        this.symbols = symbols;
        this.texts = texts;
        this.fields = fields;
    }

    List<ThreadInfo> read(List<GcRoot> roots) throws HprofFormatException {
        List<ThreadInfo> threads = new ArrayList<>();
        for (GcRoot root : roots) {
            if (root instanceof GcRoot.ThreadObject thread) {
                threads.add(new ThreadInfo(
                        thread.threadSerial(), thread.object(), name(thread.object()), stack(thread.stackSerial())));
            }
        }
        return List.copyOf(threads);
    }

    private String name(int thread) {
        int string = fields.reference(thread, THREAD, "name");
        return names.computeIfAbsent(string, this::text);
    }

    private String text(int string) {
        String text = string < 0 ? null : fields.string(string, LONGEST_NAME);
        return text == null ? "" : text;
    }

    private List<ThreadInfo.Frame> stack(int serial) throws HprofFormatException {
        List<ThreadInfo.Frame> known = stacks.get(serial);
        if (known != null) {
            return known;
        }
        List<ThreadInfo.Frame> stack = new ArrayList<>();
        long body = symbols.stacks.get(serial & 0xFFFF_FFFFL);
        if (body != LongTable.ABSENT) {
            long count = bytes.u4(body + 8);
            for (long i = 0; i < count; i++) {
                stack.add(frame(bytes.id(body + 12 + i * bytes.idSize()), body));
            }
        }
        List<ThreadInfo.Frame> copy = List.copyOf(stack);
        stacks.put(serial, copy);
        return copy;
    }

    private ThreadInfo.Frame frame(long id, long mentionedAt) throws HprofFormatException {
        ThreadInfo.Frame known = frames.get(id);
        if (known != null) {
            return known;
        }
        int ids = bytes.idSize();
        long body = symbols.frames.get(id);
        if (body == LongTable.ABSENT) {
            throw new HprofFormatException("stack frame 0x" + Long.toHexString(id) + " is missing", mentionedAt);
        }
        long source = bytes.id(body + 3L * ids);
        long classId = symbols.classSerials.get(bytes.u4(body + 4L * ids));
        long className = classId == LongTable.ABSENT ? LongTable.ABSENT : symbols.classNames.get(classId);
        ThreadInfo.Frame frame = new ThreadInfo.Frame(
                className == LongTable.ABSENT ? "<unknown>" : texts.className(className),
                texts.text(bytes.id(body + ids)),
                source == 0 ? null : texts.text(source),
                bytes.i4(body + 4L * ids + 4));
        frames.put(id, frame);
        return frame;
    }
}
