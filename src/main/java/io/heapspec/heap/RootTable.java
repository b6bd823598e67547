package io.heapspec.heap;

import io.heapspec.internal.hprof.HeapRecordCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The roots as dumped: kind, identifier and up to two numbers each, until the objects have their index. */
final class RootTable {
    private int[] kinds = new int[64];
    private long[] ids = new long[64];
    private int[] threads = new int[64];
    private int[] places = new int[64];
    private int size;

    void add(HeapRecordCursor root) {
        if (size == kinds.length) {
            int larger = size * 2;
            kinds = Arrays.copyOf(kinds, larger);
            ids = Arrays.copyOf(ids, larger);
            threads = Arrays.copyOf(threads, larger);
            places = Arrays.copyOf(places, larger);
        }
        kinds[size] = root.tag();
        ids[size] = root.id();
        switch (root.tag()) {
            case HeapRecordCursor.ROOT_JNI_LOCAL,
                    HeapRecordCursor.ROOT_JAVA_FRAME,
                    HeapRecordCursor.ROOT_THREAD_OBJECT -> {
                threads[size] = root.threadSerial();
                places[size] = root.frameOrStack();
            }
            case HeapRecordCursor.ROOT_NATIVE_STACK, HeapRecordCursor.ROOT_THREAD_BLOCK ->
                threads[size] = root.threadSerial();
            default -> {}
        }
        size++;
    }

    /** Returns the roots whose object is in the dump, in file order. */
    List<GcRoot> resolve(ObjectIndex index) {
        List<GcRoot> roots = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int object = index.indexOf(ids[i]);
            if (object >= 0) {
                roots.add(root(kinds[i], object, threads[i], places[i]));
            }
        }
        return Collections.unmodifiableList(roots);
    }

    private static GcRoot root(int kind, int object, int thread, int place) {
        return switch (kind) {
            case HeapRecordCursor.ROOT_STICKY_CLASS -> new GcRoot.StickyClass(object);
            case HeapRecordCursor.ROOT_JAVA_FRAME -> new GcRoot.JavaFrame(object, thread, place);
            case HeapRecordCursor.ROOT_THREAD_OBJECT -> new GcRoot.ThreadObject(object, thread, place);
            case HeapRecordCursor.ROOT_JNI_GLOBAL -> new GcRoot.JniGlobal(object);
            case HeapRecordCursor.ROOT_JNI_LOCAL -> new GcRoot.JniLocal(object, thread, place);
            case HeapRecordCursor.ROOT_NATIVE_STACK -> new GcRoot.NativeStack(object, thread);
            case HeapRecordCursor.ROOT_THREAD_BLOCK -> new GcRoot.ThreadBlock(object, thread);
            case HeapRecordCursor.ROOT_MONITOR_USED -> new GcRoot.MonitorUsed(object);
            default -> new GcRoot.Unknown(object);
        };
    }
}
