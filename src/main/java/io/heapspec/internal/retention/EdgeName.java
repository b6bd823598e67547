package io.heapspec.internal.retention;

import io.heapspec.result.RootKind;

/** One step of a path, by name: what an object is held by. Holds no address and no index, so that it is the same in every dump. */
sealed interface EdgeName {

    /** An element of an array. */
    EdgeName ELEMENT = new Element();

    /** A GC root, as it is printed. */
    record Root(RootKind kind, String text) implements EdgeName {}

    /** A field, instance or static, of the class that declares it. */
    record Field(String declaringClass, String name, boolean isStatic) implements EdgeName {}

    /** Any element of an array. */
    record Element() implements EdgeName {}

    /** A local variable of a method that a thread executes: {@code com.acme.Foo.run(Foo.java:33)}. */
    record Local(String frame) implements EdgeName {}

    /** A reference that no field shows: a class's loader, an object's class. */
    record Implicit(String what) implements EdgeName {}
}
