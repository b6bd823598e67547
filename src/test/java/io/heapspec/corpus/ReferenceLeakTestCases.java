package io.heapspec.corpus;

import io.heapspec.NoLeak;
import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Weak, soft and phantom references that do not help. */
@NoLeak
class ReferenceLeakTestCases {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    static class Document {
        final byte[] text = new byte[250];
    }

    static class Metadata {
        final Document of;

        Metadata(Document of) {
            this.of = of;
        }
    }

    static class Weak {
        static final Map<Document, Metadata> STRONG_VALUES = new WeakHashMap<>();
        static final Map<Document, WeakReference<Metadata>> WEAK_VALUES = new WeakHashMap<>();
        static final Map<String, WeakReference<Document>> BY_NAME = new HashMap<>();
        static final List<WeakReference<Document>> LISTENERS = new ArrayList<>();
    }

    @Test
    @Leaks(
            root = "Weak.STRONG_VALUES",
            leaked = {"Metadata", "Document"})
    void weakHashMapValueRefersToItsKey() {
        Document document = new Document();
        Weak.STRONG_VALUES.put(document, new Metadata(document));
    }

    @Test
    @Fixes("weakHashMapValueRefersToItsKey")
    void weakHashMapValueIsWeakToo() {
        Document document = new Document();
        Weak.WEAK_VALUES.put(document, new WeakReference<>(new Metadata(document)));
    }

    @Test
    @Leaks(
            root = "Weak.BY_NAME",
            leaked = {"WeakReference", "String"})
    void weakValuesLeaveTheirEntries() {
        Weak.BY_NAME.put("document" + NUMBERS.incrementAndGet(), new WeakReference<>(new Document()));
    }

    @Test
    @Fixes("weakValuesLeaveTheirEntries")
    void clearedWeakValuesAreSweptOut() {
        Map<String, WeakReference<Document>> swept = Swept.BY_NAME;
        swept.values().removeIf(reference -> reference.refersTo(null));
        swept.put("document" + NUMBERS.incrementAndGet(), new WeakReference<>(new Document()));
    }

    static class Swept {
        static final Map<String, WeakReference<Document>> BY_NAME = new HashMap<>();
        static final List<WeakReference<Document>> LISTENERS = new ArrayList<>();
    }

    @Test
    @Leaks(root = "Weak.LISTENERS", leaked = "WeakReference")
    void weakListenersAreNeverSweptOut() {
        Weak.LISTENERS.add(new WeakReference<>(new Document()));
    }

    @Test
    @Fixes("weakListenersAreNeverSweptOut")
    void weakListenersAreSweptOut() {
        Swept.LISTENERS.removeIf(reference -> reference.refersTo(null));
        Swept.LISTENERS.add(new WeakReference<>(new Document()));
    }

    /** Meant to be soft, but the strong field beside it is what counts. */
    static class SoftEntry extends SoftReference<Document> {
        @SuppressWarnings("unused")
        final Document last;

        SoftEntry(Document document, boolean remember) {
            super(document);
            last = remember ? document : null;
        }
    }

    static class Softs {
        static final Map<Integer, SoftEntry> CACHE = new HashMap<>();
    }

    @Test
    @Leaks(
            root = "Softs.CACHE",
            leaked = {"SoftEntry", "Document"})
    void softEntryHasAStrongFieldToo() {
        Softs.CACHE.put(5_000 + NUMBERS.incrementAndGet(), new SoftEntry(new Document(), true));
    }

    @Test
    @Fixes("softEntryHasAStrongFieldToo")
    void softEntryIsReplaced() {
        Softs.CACHE.put(5_000, new SoftEntry(new Document(), false));
    }

    static class Phantoms {
        static final ReferenceQueue<Document> QUEUE = new ReferenceQueue<>();
        static final List<PhantomReference<Document>> PENDING = new ArrayList<>();
        static final List<PhantomReference<Document>> POLLED = new ArrayList<>();
    }

    @Test
    @Leaks(root = "Phantoms.PENDING", leaked = "PhantomReference")
    void phantomReferencesAreNeverPolled() {
        Phantoms.PENDING.add(new PhantomReference<>(new Document(), new ReferenceQueue<>()));
    }

    @Test
    @Fixes("phantomReferencesAreNeverPolled")
    void phantomReferencesArePolled() {
        for (var reference = Phantoms.QUEUE.poll(); reference != null; reference = Phantoms.QUEUE.poll()) {
            Phantoms.POLLED.remove(reference);
        }
        Phantoms.POLLED.add(new PhantomReference<>(new Document(), Phantoms.QUEUE));
    }

    static class Cleaners {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** The action captures what it waits for. */
    @Test
    @Leaks(
            root = {"Cleaners.CLEANER", "THREAD"},
            leaked = {"Document", "PhantomCleanable", "PhantomCleanableRef", "Lambda"})
    void cleaningActionCapturesItsObject() {
        Document document = new Document();
        Cleaners.CLEANER.register(document, () -> document.text[0]++);
    }

    @Test
    @Fixes("cleaningActionCapturesItsObject")
    void cleaningActionCapturesTheStateOnly() {
        Document document = new Document();
        byte[] text = document.text;
        Cleaners.CLEANER.register(document, () -> text[0]++);
    }

    static class OwnInterner {
        static final Map<String, String> POOL = new HashMap<>();
    }

    @Test
    @Leaks(root = "OwnInterner.POOL", leaked = "String")
    void ownPoolInternsForEver() {
        String text = "token-" + NUMBERS.incrementAndGet();
        OwnInterner.POOL.putIfAbsent(text, text);
    }

    @Test
    @Fixes("ownPoolInternsForEver")
    void theStringTableIsWeak() {
        ("token-" + NUMBERS.incrementAndGet()).intern();
    }

    static class Attached {
        static final String OWNER = "owner";
    }

    /** A value of a ClassValue that keeps it: the class holds them for ever. */
    static class Descriptor extends ClassValue<Descriptor> {
        final Descriptor parent;
        final byte[] data = new byte[64];

        Descriptor(Descriptor parent) {
            this.parent = parent;
        }

        @Override
        protected Descriptor computeValue(Class<?> type) {
            return new Descriptor(this);
        }
    }

    @Test
    @Leaks(
            root = {"Attached", "CLASS", "Loader", "loader", "static", "the JVM itself"},
            leaked = {"Descriptor", "Version", "ClassValue$Entry"})
    void classValueKeepsItself() {
        new Descriptor(null).get(Attached.class);
    }

    @Test
    @Fixes("classValueKeepsItself")
    void classValueIsIndependent() {
        new ClassValue<byte[]>() {
            @Override
            protected byte[] computeValue(Class<?> type) {
                return new byte[64];
            }
        }.get(Attached.class);
    }
}
