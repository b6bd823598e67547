package io.heapspec.corpus;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heapspec.NoLeak;
import io.heapspec.result.LeakKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaks in every kind of test and fixture that Jupiter has. */
@NoLeak
class LifecycleLeakTestCases {

    static class Ticket {
        final byte[] data = new byte[150];
    }

    static class Desk {
        static final List<Ticket> PARAMETERIZED = new ArrayList<>();
        static final List<Ticket> REPEATED = new ArrayList<>();
        static final List<Ticket> DYNAMIC = new ArrayList<>();
        static final List<Ticket> FIXTURE = new ArrayList<>();
        static final List<Ticket> NESTED = new ArrayList<>();
        static final List<Ticket> PER_CLASS = new ArrayList<>();
        static final List<Ticket> CONSTRUCTOR = new ArrayList<>();
        static final List<Ticket> FAILING = new ArrayList<>();
        static final List<Ticket> CLEARED = new ArrayList<>();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Leaks(root = "Desk.PARAMETERIZED", leaked = "Ticket")
    void parameterizedTestLeaks(int tickets) {
        for (int i = 0; i < tickets; i++) {
            Desk.PARAMETERIZED.add(new Ticket());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Fixes("parameterizedTestLeaks")
    void parameterizedTestClears(int tickets) {
        for (int i = 0; i < tickets; i++) {
            Desk.CLEARED.add(new Ticket());
        }
        Desk.CLEARED.clear();
    }

    @RepeatedTest(2)
    @Leaks(root = "Desk.REPEATED", leaked = "Ticket")
    void repeatedTestLeaks() {
        Desk.REPEATED.add(new Ticket());
    }

    @RepeatedTest(2)
    @Fixes("repeatedTestLeaks")
    void repeatedTestClears() {
        Desk.CLEARED.add(new Ticket());
        Desk.CLEARED.clear();
    }

    @TestFactory
    @Leaks(root = "Desk.DYNAMIC", leaked = "Ticket")
    Stream<DynamicTest> dynamicTestsLeak() {
        return Stream.of("one", "two").map(name -> dynamicTest(name, () -> Desk.DYNAMIC.add(new Ticket())));
    }

    @TestFactory
    @Fixes("dynamicTestsLeak")
    Stream<DynamicTest> dynamicTestsClear() {
        return Stream.of("one", "two")
                .map(name -> dynamicTest(name, () -> {
                    Desk.CLEARED.add(new Ticket());
                    Desk.CLEARED.clear();
                }));
    }

    @Nested
    class WithFixtures {

        @BeforeEach
        void open() {
            Desk.FIXTURE.add(new Ticket());
        }

        /** The body is innocent, the fixture is not. */
        @Test
        @Leaks(root = "Desk.FIXTURE", leaked = "Ticket")
        void fixtureLeaks() {}
    }

    @Nested
    class WithClosedFixtures {

        @BeforeEach
        void open() {
            Desk.CLEARED.add(new Ticket());
        }

        @AfterEach
        void close() {
            Desk.CLEARED.clear();
        }

        @Test
        @Fixes("fixtureLeaks")
        void fixtureIsClosed() {}

        @Test
        @Leaks(root = "Desk.NESTED", leaked = "Ticket")
        void nestedTestLeaks() {
            Desk.NESTED.add(new Ticket());
        }

        @Test
        @Fixes("nestedTestLeaks")
        void nestedTestClears() {
            Desk.CLEARED.add(new Ticket());
        }
    }

    static class Packer {
        final Deflater deflater = new Deflater();

        Packer() {
            deflater.setInput(new byte[] {1, 2, 3});
        }
    }

    /** It is open before the test is judged for the first time. */
    @Nested
    class WithAnOpenField {

        private final Packer packer = new Packer();

        @Test
        @Leaks(unclosed = true, leaked = "Deflater", kind = LeakKind.NATIVE_MEMORY)
        void fieldIsNeverClosed() {
            packer.deflater.finish();
        }
    }

    @Nested
    class WithAClosedField {

        private final Packer packer = new Packer();

        @AfterEach
        void close() {
            packer.deflater.end();
        }

        @Test
        @Fixes("fieldIsNeverClosed")
        void fieldIsClosed() {
            packer.deflater.finish();
        }
    }

    @Nested
    class WithAnOpenFixture {

        private Packer packer;

        @BeforeEach
        void open() {
            packer = new Packer();
        }

        @Test
        @Leaks(unclosed = true, leaked = "Deflater", kind = LeakKind.NATIVE_MEMORY)
        void fixtureIsNeverClosed() {
            packer.deflater.finish();
        }
    }

    @Nested
    class WithAFixtureThatIsEnded {

        private Packer packer;

        @BeforeEach
        void open() {
            packer = new Packer();
        }

        @AfterEach
        void close() {
            packer.deflater.end();
        }

        @Test
        @Fixes("fixtureIsNeverClosed")
        void fixtureIsEnded() {
            packer.deflater.finish();
        }
    }

    @Nested
    class WithARegisteringConstructor {

        WithARegisteringConstructor() {
            Desk.CONSTRUCTOR.add(new Ticket());
        }

        @Test
        @Leaks(root = "Desk.CONSTRUCTOR", leaked = "Ticket")
        void constructorLeaks() {}
    }

    @Nested
    class WithAConstructorThatIsUndone {

        WithAConstructorThatIsUndone() {
            Desk.CLEARED.add(new Ticket());
        }

        @AfterEach
        void close() {
            Desk.CLEARED.clear();
        }

        @Test
        @Fixes("constructorLeaks")
        void constructorIsUndone() {}
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class PerClass {

        private final List<Ticket> tickets = new ArrayList<>();

        @Test
        @Leaks(root = "Desk.PER_CLASS", leaked = "Ticket")
        void perClassTestLeaks() {
            Desk.PER_CLASS.add(new Ticket());
        }

        /** Its instance serves all tests of the class, and goes with it. */
        @Test
        @Fixes("perClassTestLeaks")
        void perClassTestKeepsInItsFields() {
            tickets.add(new Ticket());
        }
    }
}
