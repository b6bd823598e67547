package io.heapspec.heap;

import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a heap dump and the references between them.
 *
 * <p>Objects are numbered from 0 to {@link #objectCount()} - 1 in the order of their addresses:
 *
 * <pre>{@code
 * try (HeapGraph graph = HeapGraph.open(dump)) {
 *     for (GcRoot root : graph.roots()) {
 *         graph.forEachReference(root.object(), (edge, target) -> visit(graph.classOf(target), edge));
 *     }
 * }
 * }</pre>
 *
 * <p>Opening reads the file once and keeps 14 bytes per object and 4 per reference. The dump is
 * not changed and stays mapped into memory: do not change or cut it meanwhile. {@link #close()} lets go of it, but
 * Java 17 unmaps a file only when its buffers are garbage collected; until then Windows refuses to delete it.
 *
 * <p>Once open, a graph is immutable and safe for several threads, except that none may read while it is closed.
 * Object numbers are not checked beyond what arrays check: a wrong one throws {@link IndexOutOfBoundsException}.
 *
 * @since 0.1
 */
public final class HeapGraph implements AutoCloseable {
    /** Edge from an array to an element. */
    public static final int ELEMENT = -1;
    /** Edge from a class object to its class loader. */
    public static final int CLASS_LOADER = -2;
    /** Edge from a class object to that of its superclass. */
    public static final int SUPER_CLASS = -3;
    /** Edge from a class object to its signers. */
    public static final int SIGNERS = -4;
    /** Edge from a class object to its protection domain. */
    public static final int PROTECTION_DOMAIN = -5;
    /** Edge from a class object to an object in its constant pool. */
    public static final int CONSTANT = -6;
    /** Edge from an object to its class, which it keeps from being unloaded: only {@link PathFinder} tells it. */
    public static final int OWN_CLASS = -7;

    private final HprofBytes bytes;
    private final ClassTable classes;
    private final ObjectTable objects;
    private final ReferenceReader references;
    private final FieldReader fields;
    private final ObjectSizes sizes;
    private final List<GcRoot> roots;
    private final List<ThreadInfo> threads;
    private volatile @Nullable ReferenceRows rows;

    private HeapGraph(HprofBytes bytes, DoubleConsumer progress) throws HprofFormatException, TooManyObjectsException {
        this.bytes = bytes;
        DumpScan scan = DumpScan.of(bytes, progress);
        ObjectIndex index = scan.index();
        Arrangement arrangement = scan.arrangement(index);
        rows = scan.references(index, arrangement);
        objects = scan.objects(index, arrangement);
        classes = scan.classes;
        classes.setObjects(index);
        references = new ReferenceReader(bytes, objects, classes);
        fields = new FieldReader(bytes, objects, classes);
        sizes = new ObjectSizes(bytes, objects, classes);
        classes.setSizes(sizes);
        roots = scan.roots.resolve(index);
        threads = new ThreadReader(bytes, scan.symbols, scan.texts, fields).read(roots);
    }

    /**
     * Opens a heap dump in the binary format of HotSpot (hprof 1.0.1 or 1.0.2), as it is or compressed with gzip. A
     * compressed dump is inflated into the folder for temporary files ({@code java.io.tmpdir}), into a file that nobody else
     * can read, which is gone when the graph is closed and its buffers are garbage collected.
     *
     * @param dump the file; it must not change until the graph is closed
     * @throws HeapTooSmallException if the dump has more objects than this JVM has memory for
     * @throws HeapDumpException if it cannot be read, is damaged, or is no heap dump
     */
    public static HeapGraph open(Path dump) throws HeapDumpException {
        return open(dump, (file, step, share) -> {});
    }

    /**
     * Opens a heap dump like {@link #open(Path)}, and tells how far that is.
     *
     * @param dump the file; it must not change until the graph is closed
     * @param progress is told, on the thread that calls this
     * @throws HeapTooSmallException if the dump has more objects than this JVM has memory for
     * @throws HeapDumpException if it cannot be read, is damaged, or is no heap dump
     */
    public static HeapGraph open(Path dump, ReadingProgress progress) throws HeapDumpException {
        try {
            HprofBytes bytes =
                    HprofBytes.map(dump, share -> progress.isAt(dump, ReadingProgress.Step.INFLATING, share));
            return read(bytes, share -> progress.isAt(dump, ReadingProgress.Step.READING, share));
        } catch (TooManyObjectsException e) {
            throw new HeapTooSmallException("Heap dump " + dump, e.objects(), e.getCause());
        } catch (HprofFormatException e) {
            String message = "Cannot use heap dump " + dump + ": at byte " + e.position() + ", " + e.getMessage() + ".";
            throw new HeapDumpException(message, e);
        } catch (NoSuchFileException e) {
            throw new HeapDumpException("Cannot use heap dump " + dump + ": there is no such file.", e);
        } catch (IOException e) {
            // Of the others, the message alone may be no more than the name of the file.
            String why = e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
            throw new HeapDumpException("Cannot use heap dump " + dump + ": it cannot be read: " + why + ".", e);
        }
    }

    /** Reads a dump, and closes it if that fails. */
    static HeapGraph read(HprofBytes bytes, DoubleConsumer progress)
            throws HprofFormatException, TooManyObjectsException {
        try {
            return new HeapGraph(bytes, progress);
        } catch (HprofFormatException e) {
            bytes.close();
            throw bytes.located(e);
        } catch (TooManyObjectsException | RuntimeException e) {
            bytes.close();
            throw e;
        } catch (OutOfMemoryError e) {
            long objects = bytes.length() / TooManyObjectsException.BYTES_IN_FILE;
            bytes.close();
            throw new TooManyObjectsException(objects, e);
        }
    }

    /** Returns the number of objects: instances, arrays and class objects. */
    public int objectCount() {
        return objects.index().count();
    }

    /** Returns the identifier of an object, its address when dumped. */
    public long idOf(int object) {
        return objects.id(object);
    }

    /** Returns the object with an identifier, or -1. */
    public int indexOf(long id) {
        return objects.index().indexOf(id);
    }

    /** Returns what kind of object this is. */
    public ObjectKind kindOf(int object) {
        return switch (objects.tag(object)) {
            case HeapRecordCursor.INSTANCE -> ObjectKind.INSTANCE;
            case HeapRecordCursor.OBJECT_ARRAY -> ObjectKind.OBJECT_ARRAY;
            case HeapRecordCursor.PRIMITIVE_ARRAY -> ObjectKind.PRIMITIVE_ARRAY;
            default -> ObjectKind.CLASS;
        };
    }

    /** Returns the class of an object; that of a class object is {@code java.lang.Class}. */
    public HeapClass classOf(int object) {
        return classes.get(objects.classNumber(object));
    }

    /** Returns the number of the class of an object, faster than {@link #classOf}. */
    public int classIndexOf(int object) {
        return objects.classNumber(object);
    }

    /** Returns a class by its number. */
    public HeapClass classAt(int classIndex) {
        return classes.get(classIndex);
    }

    /** Returns the number of classes. */
    public int classCount() {
        return classes.count();
    }

    /**
     * Returns the class that a class object stands for.
     *
     * @throws IllegalArgumentException if the object is not of kind {@link ObjectKind#CLASS}
     */
    public HeapClass asClass(int object) {
        if (objects.tag(object) != HeapRecordCursor.CLASS) {
            throw new IllegalArgumentException("object " + object + " is not a class object");
        }
        return classes.get(classes.numberOfClassObject(objects.id(object)));
    }

    /** Returns the classes with a name; there are several if it was loaded by several loaders. */
    public List<HeapClass> classesNamed(String name) {
        return IntStream.range(0, classCount())
                .mapToObj(this::classAt)
                .filter(each -> each.name().equals(name))
                .toList();
    }

    /** Returns the objects of the classes with a name, those of subclasses not included, in ascending order. */
    public IntStream objectsOf(String className) {
        BitSet wanted = new BitSet();
        classesNamed(className).forEach(each -> wanted.set(each.index()));
        return IntStream.range(0, objectCount()).filter(object -> wanted.get(classIndexOf(object)));
    }

    /** Returns the number of fields of all classes, static ones included. */
    public int fieldCount() {
        return classes.fieldCount();
    }

    /** Returns a field by its number. */
    public HeapField fieldAt(int fieldIndex) {
        return classes.field(fieldIndex);
    }

    /** Returns the bytes an object takes in the dumped VM, header and padding included. */
    public long shallowSize(int object) {
        return sizes.shallowSize(object);
    }

    /** Returns how objects were laid out in the dumped VM, which all sizes follow. */
    public ObjectLayout layout() {
        return sizes.layout();
    }

    /** Returns the roots whose object is in the dump, in file order; an object may be there several times. */
    public List<GcRoot> roots() {
        return roots;
    }

    /** Returns the threads that were alive, in file order. */
    public List<ThreadInfo> threads() {
        return threads;
    }

    /**
     * Visits the outgoing references of an object in file order; {@code null} and references to objects that are not
     * in the dump are left out, and so is the reference to the object's own class.
     */
    public void forEachReference(int object, ReferenceVisitor visitor) {
        references.forEach(object, visitor);
    }

    /**
     * Reads what {@link #forEachReference} visits into a buffer.
     *
     * @return the number of references
     */
    public int referencesOf(int object, ReferenceBuffer buffer) {
        buffer.clear();
        references.forEach(object, buffer);
        return buffer.size();
    }

    /** Forgets the references in memory, or not; so that tests can do either way what is the same. */
    void keepReferences(boolean kept) {
        rows = kept ? rows : null;
    }

    /** Returns what keeps what alive, by references at least so strong. */
    HeldReferences held(ReferenceStrength weakest) {
        return new HeldReferences(this, objects, references, rows, weakest);
    }

    /** Returns a reader for the references of many objects at a time, which is how to walk a whole graph. */
    public ReferenceBatch newBatch() {
        return new ReferenceBatch(bytes, objects, references, rows);
    }

    /**
     * Reads all references into memory, for batches made from then on, if opening could not collect them already: worth
     * its time before a walk over the whole graph.
     *
     * @return false, and nothing is loaded, if there are more than a few references for each object
     */
    public boolean loadReferences() {
        if (rows == null) {
            rows = ReferenceRows.read(bytes, objects, references);
        }
        return rows != null;
    }

    /**
     * Returns the value of a primitive field: integers sign-extended ({@code boolean} and {@code char} zero-extended),
     * {@code float} and {@code double} as their raw bits.
     *
     * @param object an instance, or a class object for a static field
     * @throws IllegalArgumentException if the object has no such primitive field
     */
    public long primitiveField(int object, HeapField field) {
        return fields.primitive(object, field);
    }

    /** Returns the object a field refers to, or -1 if it is null, not in the dump, or the object has no such field. */
    public int referenceField(int object, HeapField field) {
        return fields.reference(object, field);
    }

    /** Like {@link #referenceField(int, HeapField)}, by names; static fields are found on class objects. */
    public int referenceField(int object, String declaringClass, String fieldName) {
        return fields.reference(object, declaringClass, fieldName);
    }

    /** Returns the field of an object by names, or null; static fields are found on class objects. */
    public @Nullable HeapField field(int object, String declaringClass, String fieldName) {
        return fields.field(object, declaringClass, fieldName);
    }

    /**
     * Returns the length of an array.
     *
     * @throws IllegalArgumentException if the object is not an array
     */
    public int arrayLength(int object) {
        return fields.arrayLength(object);
    }

    /**
     * Returns an element of an array of references, or -1 if it is null or not in the dump.
     *
     * @throws IllegalArgumentException if the object is not such an array
     * @throws IndexOutOfBoundsException if the array is shorter
     */
    public int arrayElement(int object, int i) {
        return fields.element(object, i);
    }

    /** Returns the whole text of a {@code java.lang.String}, or null if the object is none. */
    public @Nullable String stringValue(int object) {
        return stringValue(object, Integer.MAX_VALUE);
    }

    /** Returns at most so many characters of a {@code java.lang.String}, or null if the object is none. */
    public @Nullable String stringValue(int object, int maxLength) {
        return fields.string(object, maxLength);
    }

    /** Lets go of the file; the graph must not be used any more. */
    @Override
    public void close() {
        rows = null;
        bytes.close();
    }
}
