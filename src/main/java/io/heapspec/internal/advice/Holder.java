package io.heapspec.internal.advice;

import io.heapspec.internal.util.ClassNames;

/** Whose a leak is: what has the accumulation point. */
public sealed interface Holder {

    /** Returns the word for it in results; it is contract. */
    String word();

    /** Says whose the leak is, and what to do; empty where the chain alone says it. */
    String advice();

    /**
     * A field of the test class itself.
     *
     * @param step class and field
     * @param isStatic whether it is static
     */
    record TestField(Step step, boolean isStatic) implements Holder {

        @Override
        public String word() {
            return "test";
        }

        @Override
        public String advice() {
            return isStatic
                    ? "The test itself holds it, by its static field " + Trail.name(step)
                            + ", and not the code it tests: make it an instance field, or clear it in @AfterEach."
                    : "The test itself holds it, by its field " + Trail.name(step)
                            + ", which all repetitions share: fill it in @BeforeEach, or repeat the whole life cycle.";
        }
    }

    /**
     * A {@code ThreadLocal} of the test class itself.
     *
     * @param step class and field
     */
    record TestThreadLocal(Step step) implements Holder {

        @Override
        public String word() {
            return "test";
        }

        @Override
        public String advice() {
            return "The test itself keeps it on a thread, by a ThreadLocal of its own (" + Trail.name(step)
                    + "), and not the code it tests: call remove() in @AfterEach.";
        }
    }

    /**
     * A framework for tests, mocks or logging.
     *
     * @param kind which of them
     * @param site what is known of the place or of the framework
     */
    record Framework(FrameworkKind kind, KnownSite site) implements Holder {

        @Override
        public String word() {
            return kind.word();
        }

        @Override
        public String advice() {
            return site.advice();
        }
    }

    /**
     * An exception that whoever runs the tests keeps.
     *
     * @param type its class
     * @param keeper what keeps it
     */
    record KeptException(String type, String keeper) implements Holder {

        @Override
        public String word() {
            return "exception";
        }

        @Override
        public String advice() {
            return keeper + " keeps " + ClassNames.simple(type)
                    + " to the end of the run, and with it all that it refers to: give exceptions texts and ids, not objects.";
        }
    }

    /** A debugger, under which a local variable lives until its method returns. */
    record Debugger() implements Holder {

        @Override
        public String word() {
            return "debugger";
        }

        @Override
        public String advice() {
            return "A debugger is attached, which keeps local variables until their method returns, and what it shows: run without it first.";
        }
    }

    /** Code that is tested, or a library that it uses. */
    record Code() implements Holder {

        @Override
        public String word() {
            return "code";
        }

        @Override
        public String advice() {
            return "";
        }
    }
}
