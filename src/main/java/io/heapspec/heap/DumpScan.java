package io.heapspec.heap;

import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import io.heapspec.internal.hprof.RecordCursor;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one pass over a dump: collects objects, references and roots, in file order.
 *
 * <p>Needs the classes beforehand. If it meets one that it does not know, the classes are looked for in the whole file,
 * and the pass is begun anew: {@link #of} does that.
 */
final class DumpScan {
    /** After how many objects to look whether memory may suffice, and to tell how far it is. */
    private static final int OFTEN = 1 << 18;

    private final HprofBytes bytes;
    private final BitmapObjectIndex.Builder bitmap;
    private final ClassFinder finder;
    private final ObjectTable.Builder objects;
    private final ReferenceCollector references;
    private final DoubleConsumer progress;
    private int classesSeen;
    private boolean missesClasses;

    final DumpSymbols symbols;
    final Texts texts;
    final ClassTable classes;
    final RootTable roots = new RootTable();

    private DumpScan(HprofBytes bytes, DumpSymbols symbols, DoubleConsumer progress) throws HprofFormatException {
        this.bytes = bytes;
        this.progress = progress;
        this.symbols = symbols;
        this.texts = new Texts(bytes, symbols.texts);
        this.classes = ClassTable.of(bytes, symbols, texts);
        this.bitmap = new BitmapObjectIndex.Builder(bytes.length());
        this.finder = new ClassFinder(classes);
        this.objects = new ObjectTable.Builder(bytes);
        this.references = new ReferenceCollector(bytes, classes);
    }

    /** Reads a dump, and tells from time to time which share of it. */
    static DumpScan of(HprofBytes bytes, DoubleConsumer progress) throws HprofFormatException, TooManyObjectsException {
        if (bytes.length() >>> 40 != 0) {
            throw new HprofFormatException("it is longer than 1 TiB", bytes.length());
        }
        DumpScan quick = withLeadingClasses(bytes, progress);
        if (quick != null) {
            quick.read();
            if (!quick.missesClasses) {
                return quick;
            }
        }
        DumpScan scan = new DumpScan(bytes, DumpSymbols.all(bytes), progress);
        scan.read();
        scan.finder.requireAll();
        return scan;
    }

    /** Returns null if the classes at the beginning lack what may come later: a name, a superclass. */
    private static @Nullable DumpScan withLeadingClasses(HprofBytes bytes, DoubleConsumer progress)
            throws HprofFormatException {
        DumpSymbols leading = DumpSymbols.leading(bytes);
        try {
            return new DumpScan(bytes, leading, progress);
        } catch (HprofFormatException incomplete) {
            return null;
        }
    }

    /** Reads the file, up to a class that is not known. */
    private void read() throws HprofFormatException, TooManyObjectsException {
        RecordCursor records = new RecordCursor(bytes);
        HeapRecordCursor heap = new HeapRecordCursor(bytes);
        while (!missesClasses && records.next()) {
            if (records.isHeap()) {
                segment(records, heap);
            } else {
                symbols.add(records);
            }
        }
        if (!missesClasses) {
            records.requireComplete();
            progress.accept(1);
        }
    }

    private void segment(RecordCursor records, HeapRecordCursor heap)
            throws HprofFormatException, TooManyObjectsException {
        heap.enter(records);
        while (!missesClasses && heap.next()) {
            if (heap.isObject()) {
                object(heap);
            } else if (heap.tag() == HeapRecordCursor.CLASS) {
                missesClasses = ++classesSeen > symbols.classes.size();
                addId(heap);
            } else {
                roots.add(heap);
            }
        }
        records.leave(heap);
    }

    private void object(HeapRecordCursor heap) throws HprofFormatException, TooManyObjectsException {
        addId(heap);
        int number = finder.classOf(heap);
        if (number < 0) {
            missesClasses = true;
            return;
        }
        objects.add(heap, number);
        references.add(heap, number);
        if ((objects.size() & OFTEN - 1) == 0) {
            requireMemory(heap.position());
            progress.accept((double) heap.position() / bytes.length());
        }
    }

    /** It is better to say so now than to run out of memory; how many objects there will be follows from the share that was read. */
    private void requireMemory(long position) throws TooManyObjectsException {
        if (HeapTooSmallException.isCertainFor(objects.size())) {
            throw new TooManyObjectsException(Math.round(objects.size() * (double) bytes.length() / position), null);
        }
    }

    private void addId(HeapRecordCursor heap) throws HprofFormatException {
        long id = heap.id();
        if (id == 0) {
            throw new HprofFormatException("an object has the identifier of null", heap.position());
        }
        if (!bitmap.add(id)) {
            throw new HprofFormatException("object 0x" + Long.toHexString(id) + " is there twice", heap.position());
        }
    }

    /** Returns the index of all objects; if they do not suit a bitmap, this reads the dump once more. */
    ObjectIndex index() throws HprofFormatException {
        ObjectIndex index = bitmap.build();
        return index != null ? index : SortedObjectIndex.of(objects.ids(symbols.classes));
    }

    /** Returns the references of all objects, or null if they could not be collected; must be asked before {@link #objects}. */
    @Nullable
    ReferenceRows references(ObjectIndex index, Arrangement arrangement) {
        ReferenceRows rows = finder.mixesKinds() ? null : references.resolve(index, objects.size());
        return rows == null ? null : rows.arranged(arrangement, index, new ClassReferences(bytes, classes));
    }

    Arrangement arrangement(ObjectIndex index) {
        return objects.arrangement(index, symbols.classes);
    }

    /** Returns the objects, in the order of the index. */
    ObjectTable objects(ObjectIndex index, Arrangement arrangement) {
        return objects.build(index, arrangement, finder, classes.classClass());
    }
}
