package io.heapspec.internal.retention;

import io.heapspec.result.RootKind;
import org.jspecify.annotations.Nullable;

/** One step of a path, by name: what an object is held by. Holds no address and no index, so that it is the same in every dump. */
sealed interface EdgeName {

    /** An element of an array. */
    EdgeName ELEMENT = new Element();

    /** Returns a text, different for different names, by which the edges of one object are put in order. */
    String sortKey();

    /** Compares two names: roots by their kind, as {@link RootKind} lists them, all else by the text. */
    static int compare(EdgeName a, EdgeName b) {
        if (a instanceof Root one && b instanceof Root other && one.kind() != other.kind()) {
            return one.kind().compareTo(other.kind());
        }
        return a.sortKey().compareTo(b.sortKey());
    }

    /** A GC root, as it is printed. */
    record Root(RootKind kind, String text) implements EdgeName {

        @Override
        public String sortKey() {
            return "0" + text + " " + kind;
        }
    }

    /** A field, instance or static, of the class that declares it. */
    record Field(String declaringClass, String name, boolean isStatic) implements EdgeName {

        @Override
        public String sortKey() {
            return (isStatic ? "2" : "1") + declaringClass + "." + name;
        }
    }

    /** Any element of an array. */
    record Element() implements EdgeName {

        @Override
        public String sortKey() {
            return "3";
        }
    }

    /**
     * A local variable of a method that a thread executes: {@code com.acme.Foo.run(Foo.java:33)}. Equal to one of another line of the
     * method: the thread may have gone on between two dumps.
     */
    record Local(String frame) implements EdgeName {

        @Override
        public String sortKey() {
            return "4" + method();
        }

        private String method() {
            int source = frame.indexOf('(');
            return source < 0 ? frame : frame.substring(0, source);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Local local && local.method().equals(method());
        }

        @Override
        public int hashCode() {
            return method().hashCode();
        }
    }

    /**
     * What a thread keeps as the value of a {@code ThreadLocal}.
     *
     * @param key the field that holds the ThreadLocal: {@code com.acme.Foo.CONTEXT}; {@code in com.acme.Foo.ALL} if it is in what that holds; empty
     *     if it is not known
     */
    record OfThreadLocal(String key) implements EdgeName {

        @Override
        public String sortKey() {
            return "6" + key;
        }
    }

    /** A reference that no field shows: a class's loader, an object's class. */
    record Implicit(String what) implements EdgeName {

        @Override
        public String sortKey() {
            return "5" + what;
        }
    }
}
