package io.heapspec.corpus;

import io.heapspec.NoLeak;
import java.io.ByteArrayOutputStream;
import java.time.DayOfWeek;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What goes into a collection and never comes out. */
@NoLeak
@SuppressWarnings("JdkObsolete") // what old code leaks through
class CollectionLeakTestCases {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    static class Session {
        final byte[] data = new byte[200];
    }

    static class Plain {}

    record Order(int number, String customer) {}

    static class ListRegistry {
        static final List<Session> OPEN = new ArrayList<>();
    }

    @Test
    @Leaks(root = "ListRegistry.OPEN", leaked = "Session")
    void staticListKeepsSessions() {
        ListRegistry.OPEN.add(new Session());
    }

    @Test
    @Fixes("staticListKeepsSessions")
    void staticListReleasesSessions() {
        Session session = new Session();
        ListRegistry.OPEN.add(session);
        ListRegistry.OPEN.remove(session);
    }

    static class PlainRegistry {
        static final List<Object> KEPT = new ArrayList<>();
    }

    @Test
    @Leaks(root = "PlainRegistry.KEPT", leaked = "Plain")
    void smallestObjectIsKept() {
        PlainRegistry.KEPT.add(new Plain());
    }

    @Test
    @Fixes("smallestObjectIsKept")
    void smallestObjectIsDropped() {
        PlainRegistry.KEPT.add(new Plain());
        PlainRegistry.KEPT.remove(PlainRegistry.KEPT.size() - 1);
    }

    static class ObjectRegistry {
        static final Set<Object> KEPT = new HashSet<>();
    }

    @Test
    @Leaks(root = "ObjectRegistry.KEPT", leaked = "Object")
    void javaLangObjectIsKept() {
        ObjectRegistry.KEPT.add(new Object());
    }

    @Test
    @Fixes("javaLangObjectIsKept")
    void javaLangObjectIsDropped() {
        Object object = new Object();
        ObjectRegistry.KEPT.add(object);
        ObjectRegistry.KEPT.remove(object);
    }

    static class MapRegistry {
        static final Map<String, Session> BY_USER = new HashMap<>();
    }

    @Test
    @Leaks(root = "MapRegistry.BY_USER", leaked = "Session")
    void staticMapKeepsSessions() {
        MapRegistry.BY_USER.put("user" + NUMBERS.incrementAndGet(), new Session());
    }

    @Test
    @Fixes("staticMapKeepsSessions")
    void staticMapReleasesSessions() {
        String user = "user" + NUMBERS.incrementAndGet();
        MapRegistry.BY_USER.put(user, new Session());
        MapRegistry.BY_USER.remove(user);
    }

    static class Point {
        final int x;

        Point(int x) {
            this.x = x;
        }
    }

    static class EqualPoint extends Point {
        EqualPoint(int x) {
            super(x);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof EqualPoint point && point.x == x;
        }

        @Override
        public int hashCode() {
            return x;
        }
    }

    static class Names {
        static final Map<Point, String> BY_POINT = new HashMap<>();
    }

    @Test
    @Leaks(root = "Names.BY_POINT", leaked = "Point")
    void keyWithoutEqualsIsAlwaysNew() {
        Names.BY_POINT.put(new Point(7), "seven");
    }

    @Test
    @Fixes("keyWithoutEqualsIsAlwaysNew")
    void keyWithEqualsIsFoundAgain() {
        Names.BY_POINT.put(new EqualPoint(7), "seven");
    }

    static class MutableKey {
        int id;

        MutableKey(int id) {
            this.id = id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof MutableKey key && key.id == id;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    static class Mutable {
        static final Set<MutableKey> KEYS = new HashSet<>();
    }

    @Test
    @Leaks(root = "Mutable.KEYS", leaked = "MutableKey")
    void keyChangedInsideTheSetIsNeverRemoved() {
        MutableKey key = new MutableKey(NUMBERS.incrementAndGet());
        Mutable.KEYS.add(key);
        key.id = -key.id;
        Mutable.KEYS.remove(key);
    }

    @Test
    @Fixes("keyChangedInsideTheSetIsNeverRemoved")
    void keyIsRemovedBeforeItChanges() {
        MutableKey key = new MutableKey(NUMBERS.incrementAndGet());
        Mutable.KEYS.add(key);
        Mutable.KEYS.remove(key);
        key.id = -key.id;
    }

    static class Trees {
        static final TreeMap<Integer, Order> ORDERS = new TreeMap<>();
    }

    @Test
    @Leaks(root = "Trees.ORDERS", leaked = "Order")
    void treeMapKeepsRecords() {
        int number = NUMBERS.incrementAndGet() + 1000;
        Trees.ORDERS.put(number, new Order(number, "c" + number));
    }

    @Test
    @Fixes("treeMapKeepsRecords")
    void treeMapDropsTheOldRecord() {
        int number = NUMBERS.incrementAndGet() + 1000;
        Trees.ORDERS.put(number, new Order(number, "c" + number));
        Trees.ORDERS.remove(number);
    }

    static class SkipLists {
        static final ConcurrentSkipListMap<Integer, Order> ORDERS = new ConcurrentSkipListMap<>();
    }

    @Test
    @Leaks(root = "SkipLists.ORDERS", leaked = "Order")
    void skipListKeepsRecords() {
        int number = NUMBERS.incrementAndGet() + 1000;
        SkipLists.ORDERS.put(number, new Order(number, "c" + number));
    }

    @Test
    @Fixes("skipListKeepsRecords")
    void skipListDropsRecords() {
        int number = NUMBERS.incrementAndGet() + 1000;
        SkipLists.ORDERS.put(number, new Order(number, "c" + number));
        SkipLists.ORDERS.remove(number);
    }

    static class Days {
        static final EnumMap<DayOfWeek, List<Session>> VISITS = new EnumMap<>(DayOfWeek.class);
    }

    @Test
    @Leaks(root = "Days.VISITS", leaked = "Session")
    void enumMapHasGrowingValues() {
        Days.VISITS.computeIfAbsent(DayOfWeek.MONDAY, day -> new ArrayList<>()).add(new Session());
    }

    @Test
    @Fixes("enumMapHasGrowingValues")
    void enumMapReplacesItsValues() {
        Days.VISITS.put(DayOfWeek.TUESDAY, new ArrayList<>(List.of(new Session())));
    }

    static class Queues {
        static final Queue<Session> WAITING = new ConcurrentLinkedQueue<>();
        static final Queue<Integer> NUMBERS_TO_CALL = new PriorityQueue<>(Comparator.reverseOrder());
        static final Deque<Session> UNDO = new ArrayDeque<>();
        static final LinkedBlockingQueue<Session> WORK = new LinkedBlockingQueue<>();
    }

    @Test
    @Leaks(root = "Queues.WAITING", leaked = "Session")
    void queueIsNeverPolled() {
        Queues.WAITING.add(new Session());
    }

    @Test
    @Fixes("queueIsNeverPolled")
    void queueIsPolled() {
        Queues.WAITING.add(new Session());
        Queues.WAITING.poll();
    }

    @Test
    @Leaks(root = "Queues.NUMBERS_TO_CALL", leaked = "Integer")
    void priorityQueueKeepsBoxedNumbers() {
        Queues.NUMBERS_TO_CALL.add(100_000 + NUMBERS.incrementAndGet());
    }

    @Test
    @Fixes("priorityQueueKeepsBoxedNumbers")
    void priorityQueueIsPolled() {
        Queues.NUMBERS_TO_CALL.add(100_000 + NUMBERS.incrementAndGet());
        Queues.NUMBERS_TO_CALL.poll();
    }

    @Test
    @Leaks(root = "Queues.UNDO", leaked = "Session")
    void undoStackHasNoLimit() {
        Queues.UNDO.push(new Session());
    }

    @Test
    @Fixes("undoStackHasNoLimit")
    void undoStackIsPopped() {
        Queues.UNDO.push(new Session());
        Queues.UNDO.pop();
    }

    @Test
    @Leaks(root = "Queues.WORK", leaked = "Session")
    void workQueueHasNoConsumer() {
        Queues.WORK.add(new Session());
    }

    @Test
    @Fixes("workQueueHasNoConsumer")
    void workQueueIsDrained() {
        Queues.WORK.add(new Session());
        Queues.WORK.poll();
    }

    /** Grows by references to one object, so no class grows but the arrays and nodes of the collection. */
    static class SameAgain {
        static final Session SESSION = new Session();
        static final List<Session> ARRAY_LIST = new ArrayList<>();
        static final List<Session> LINKED_LIST = new LinkedList<>();
        static final List<Session> COPY_ON_WRITE = new CopyOnWriteArrayList<>();
        static final Deque<Session> ARRAY_DEQUE = new ArrayDeque<>();
        static final Map<Integer, Session> MAP = new ConcurrentHashMap<>();
    }

    /** Lists of their own: one that has had elements has room for more, and does not become longer. */
    static class AddedOnce {
        static final List<Session> ARRAY_LIST = new ArrayList<>();
        static final List<Session> COPY_ON_WRITE = new CopyOnWriteArrayList<>();
        static final Deque<Session> ARRAY_DEQUE = new ArrayDeque<>();
    }

    @Test
    @Leaks(root = "SameAgain.ARRAY_LIST", leaked = "Session")
    void sameObjectAgainInArrayList() {
        SameAgain.ARRAY_LIST.add(SameAgain.SESSION);
    }

    @Test
    @Fixes("sameObjectAgainInArrayList")
    void sameObjectOnceInArrayList() {
        if (!AddedOnce.ARRAY_LIST.contains(SameAgain.SESSION)) {
            AddedOnce.ARRAY_LIST.add(SameAgain.SESSION);
        }
    }

    @Test
    @Leaks(
            root = "SameAgain.LINKED_LIST",
            leaked = {"Session", "LinkedList$Node"})
    void sameObjectAgainInLinkedList() {
        SameAgain.LINKED_LIST.add(SameAgain.SESSION);
    }

    @Test
    @Fixes("sameObjectAgainInLinkedList")
    void sameObjectOnceInLinkedList() {
        if (!SameAgain.LINKED_LIST.contains(SameAgain.SESSION)) {
            SameAgain.LINKED_LIST.add(SameAgain.SESSION);
        }
    }

    @Test
    @Leaks(root = "SameAgain.COPY_ON_WRITE", leaked = "Session")
    void sameObjectAgainInCopyOnWriteList() {
        SameAgain.COPY_ON_WRITE.add(SameAgain.SESSION);
    }

    @Test
    @Fixes("sameObjectAgainInCopyOnWriteList")
    void sameObjectOnceInCopyOnWriteList() {
        if (!AddedOnce.COPY_ON_WRITE.contains(SameAgain.SESSION)) {
            AddedOnce.COPY_ON_WRITE.add(SameAgain.SESSION);
        }
    }

    @Test
    @Leaks(root = "SameAgain.ARRAY_DEQUE", leaked = "Session")
    void sameObjectAgainInArrayDeque() {
        SameAgain.ARRAY_DEQUE.add(SameAgain.SESSION);
    }

    @Test
    @Fixes("sameObjectAgainInArrayDeque")
    void sameObjectOnceInArrayDeque() {
        AddedOnce.ARRAY_DEQUE.add(SameAgain.SESSION);
        AddedOnce.ARRAY_DEQUE.pollLast();
    }

    @Test
    @Leaks(
            root = "SameAgain.MAP",
            leaked = {"Session", "Integer", "ConcurrentHashMap$Node"})
    void sameObjectUnderNewKeys() {
        SameAgain.MAP.put(50_000 + NUMBERS.incrementAndGet(), SameAgain.SESSION);
    }

    @Test
    @Fixes("sameObjectUnderNewKeys")
    void sameObjectUnderOneKey() {
        SameAgain.MAP.put(49_999, SameAgain.SESSION);
    }

    static class Arrays2 {
        static final List<int[]> ROWS = new ArrayList<>();
        static final List<Object[]> TUPLES = new ArrayList<>();
        static double[][] matrix = new double[0][];
    }

    @Test
    @Leaks(root = "Arrays2.ROWS", leaked = "int[]")
    void intArraysAreKept() {
        Arrays2.ROWS.add(new int[64]);
    }

    @Test
    @Fixes("intArraysAreKept")
    void intArraysAreDropped() {
        Arrays2.ROWS.add(new int[64]);
        Arrays2.ROWS.remove(Arrays2.ROWS.size() - 1);
    }

    @Test
    @Leaks(root = "Arrays2.TUPLES", leaked = "Object[]")
    void objectArraysAreKept() {
        Arrays2.TUPLES.add(new Object[] {"a", 1, 'c'});
    }

    @Test
    @Fixes("objectArraysAreKept")
    void objectArraysAreDropped() {
        Arrays2.TUPLES.add(new Object[] {"a", 1, 'c'});
        Arrays2.TUPLES.remove(Arrays2.TUPLES.size() - 1);
    }

    @Test
    @Leaks(root = "Arrays2.matrix", leaked = "double[]")
    void matrixGainsARow() {
        Arrays2.matrix = Arrays.copyOf(Arrays2.matrix, Arrays2.matrix.length + 1);
        Arrays2.matrix[Arrays2.matrix.length - 1] = new double[8];
    }

    @Test
    @Fixes("matrixGainsARow")
    void matrixIsReplaced() {
        Arrays2.matrix = new double[Arrays2.matrix.length][];
    }

    static class Texts {
        static final StringBuilder LOG = new StringBuilder();
        static final List<StringBuilder> PAGES = new ArrayList<>();
    }

    @Test
    @Leaks(root = "Texts.PAGES", leaked = "StringBuilder")
    void stringBuildersAreKept() {
        Texts.PAGES.add(new StringBuilder("page ").append(NUMBERS.incrementAndGet()));
    }

    @Test
    @Fixes("stringBuildersAreKept")
    void stringBuilderIsReused() {
        Texts.LOG.setLength(0);
        Texts.LOG.append("page ").append(NUMBERS.incrementAndGet());
    }

    static class Audit {
        static final StringBuilder TRAIL = new StringBuilder();
        static final ByteArrayOutputStream BYTES = new ByteArrayOutputStream();
    }

    /** No object is added: one array is replaced by a longer one now and then. */
    @Test
    @Leaks(
            root = "Audit.TRAIL",
            leaked = {"StringBuilder", "byte[]"})
    void oneStringBuilderOnlyGrows() {
        Audit.TRAIL.append("x".repeat(10_000));
    }

    @Test
    @Fixes("oneStringBuilderOnlyGrows")
    void oneStringBuilderIsEmptied() {
        StringBuilder trail = new StringBuilder();
        trail.append("x".repeat(10_000));
        trail.setLength(0);
    }

    @Test
    @Leaks(
            root = "Audit.BYTES",
            leaked = {"ByteArrayOutputStream", "byte[]"})
    void oneByteStreamOnlyGrows() {
        Audit.BYTES.writeBytes(new byte[10_000]);
    }

    @Test
    @Fixes("oneByteStreamOnlyGrows")
    void oneByteStreamIsReset() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[10_000]);
        bytes.reset();
    }

    static class Node {
        Node next;
        final long[] weight = new long[4];
    }

    static class Chain {
        static Node head = new Node();
    }

    @Test
    @Leaks(root = "Chain.head", leaked = "Node")
    void ownLinkedListOnlyGrows() {
        Node node = new Node();
        node.next = Chain.head;
        Chain.head = node;
    }

    @Test
    @Fixes("ownLinkedListOnlyGrows")
    void ownLinkedListIsCut() {
        Node node = new Node();
        node.next = Chain.head.next;
        Chain.head = node;
    }

    static class Branch {
        final List<Branch> children = new ArrayList<>();
        final String name;

        Branch(String name) {
            this.name = name;
        }
    }

    static class Tree {
        static final Branch ROOT = new Branch("root");
    }

    @Test
    @Leaks(root = "Tree.ROOT", leaked = "Branch")
    void ownTreeGrowsDeeper() {
        Branch branch = Tree.ROOT;
        while (branch.children.size() > 1) {
            branch = branch.children.get(1);
        }
        branch.children.add(new Branch("b" + NUMBERS.incrementAndGet()));
    }

    @Test
    @Fixes("ownTreeGrowsDeeper")
    void ownTreeIsPruned() {
        Tree.ROOT.children.add(new Branch("b" + NUMBERS.incrementAndGet()));
        Tree.ROOT.children.remove(Tree.ROOT.children.size() - 1);
    }

    static class Vertex {
        final Set<Vertex> neighbours = new HashSet<>();
    }

    static class Graph {
        static final Vertex CENTRE = new Vertex();
    }

    @Test
    @Leaks(root = "Graph.CENTRE", leaked = "Vertex")
    void graphKeepsItsVertices() {
        Vertex vertex = new Vertex();
        vertex.neighbours.add(Graph.CENTRE);
        Graph.CENTRE.neighbours.add(vertex);
    }

    @Test
    @Fixes("graphKeepsItsVertices")
    void graphForgetsItsVertices() {
        Vertex vertex = new Vertex();
        vertex.neighbours.add(Graph.CENTRE);
        Graph.CENTRE.neighbours.add(vertex);
        Graph.CENTRE.neighbours.remove(vertex);
    }

    static class Views {
        static final List<Iterator<Session>> CURSORS = new ArrayList<>();
        static final List<Supplier<Stream<Session>>> STREAMS = new ArrayList<>();
        static final List<List<Integer>> WINDOWS = new ArrayList<>();
    }

    @Test
    @Leaks(
            root = "Views.CURSORS",
            leaked = {"ArrayList$Itr", "Session"})
    void iteratorsAreKept() {
        Views.CURSORS.add(new ArrayList<>(List.of(new Session())).iterator());
    }

    @Test
    @Fixes("iteratorsAreKept")
    void iteratorsAreDropped() {
        Views.CURSORS.add(new ArrayList<>(List.of(new Session())).iterator());
        Views.CURSORS.clear();
    }

    @Test
    @Leaks(
            root = "Views.STREAMS",
            leaked = {"Lambda", "Session"})
    void streamSuppliersAreKept() {
        Session session = new Session();
        Views.STREAMS.add(() -> Stream.of(session));
    }

    @Test
    @Fixes("streamSuppliersAreKept")
    void streamSuppliersAreDropped() {
        Session session = new Session();
        Views.STREAMS.add(() -> Stream.of(session));
        Views.STREAMS.clear();
    }

    @Test
    @Leaks(
            root = "Views.WINDOWS",
            leaked = {"SubList", "ArrayList", "Integer"})
    void subListKeepsTheWholeList() {
        List<Integer> all = new ArrayList<>(List.of(1000, 2000, 3000));
        Views.WINDOWS.add(all.subList(0, 1));
    }

    @Test
    @Fixes("subListKeepsTheWholeList")
    void subListIsDropped() {
        List<Integer> all = new ArrayList<>(List.of(1000, 2000, 3000));
        Views.WINDOWS.add(all.subList(0, 1));
        Views.WINDOWS.clear();
    }

    static class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        private final int limit;

        Recent(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > limit;
        }
    }

    static class BrokenRecent<K, V> extends Recent<K, V> {
        private static final long serialVersionUID = 1;

        BrokenRecent(int limit) {
            super(limit);
        }

        /** The overload that was meant to be an override. */
        protected boolean removeEldestEntry(Object eldest, int limit) {
            return size() > limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return false;
        }
    }

    static class Lru {
        static final Map<Integer, Session> BROKEN = new BrokenRecent<>(20);
        static final Map<Integer, Session> RIGHT = new Recent<>(20);
    }

    @Test
    @Leaks(root = "Lru.BROKEN", leaked = "Session")
    void lruNeverEvicts() {
        Lru.BROKEN.put(10_000 + NUMBERS.incrementAndGet(), new Session());
    }

    @Test
    @Fixes("lruNeverEvicts")
    void lruEvicts() {
        Lru.RIGHT.put(10_000 + NUMBERS.incrementAndGet(), new Session());
    }

    static class Holder {
        static final AtomicReference<Map<Integer, Session>> CURRENT = new AtomicReference<>(Map.of());
    }

    /** The container is another one after every run: no path through one and the same map grows. */
    @Test
    @Leaks(root = "Holder.CURRENT", leaked = "Session")
    void mapIsReplacedByALargerCopy() {
        Map<Integer, Session> copy = new HashMap<>(Holder.CURRENT.get());
        copy.put(20_000 + NUMBERS.incrementAndGet(), new Session());
        Holder.CURRENT.set(copy);
    }

    @Test
    @Fixes("mapIsReplacedByALargerCopy")
    void mapIsReplacedByASmallCopy() {
        Map<Integer, Session> copy = new HashMap<>();
        copy.put(20_000 + NUMBERS.incrementAndGet(), new Session());
        copy.remove(20_000 + NUMBERS.get());
        Holder.CURRENT.set(copy);
    }
}
