/** A user of HeapSpec that is a module itself. */
module com.acme.shop {
    requires io.heapspec;

    // All of JUnit, or Surefire splits it between the two paths and its launcher cannot reach its own internals.
    requires org.junit.jupiter.engine;
    requires org.junit.platform.launcher;

    opens com.acme.shop to
            org.junit.platform.commons;
}
