package io.heapspec.corpus;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heapspec.NoLeak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jupiter holds for a test while it runs. */
@NoLeak
class LifecycleCleanTestCases {

    static class Fixture {
        final byte[] data = new byte[2_000];
    }

    private static List<Fixture> shared;

    private byte[] large;
    private final List<Fixture> ofInstance = new ArrayList<>(List.of(new Fixture(), new Fixture()));

    @TempDir
    Path folder;

    @BeforeAll
    static void createShared() {
        shared = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            shared.add(new Fixture());
        }
    }

    @AfterAll
    static void dropShared() {
        shared = null;
    }

    @BeforeEach
    void fill() {
        ofInstance.add(new Fixture());
    }

    @AfterEach
    void keepInField() {
        ofInstance.add(new Fixture());
    }

    @Test
    void fieldHoldsFiftyMegabytes() {
        large = new byte[50_000_000];
    }

    @Test
    void fieldsAreFilled() {
        for (int i = 0; i < 100; i++) {
            ofInstance.add(new Fixture());
        }
    }

    @Test
    void fixtureOfTheClassIsRead() {
        shared.get(7).data[0] = (byte) (large == null ? 1 : 2);
    }

    @Test
    void filesAreWritten() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "hello");
        Files.createDirectories(folder.resolve("b/c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "two", "three"})
    void parameterized(String name, TestInfo info, TestReporter reporter) {
        reporter.publishEntry(name, info.getDisplayName());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void argumentsAreObjects(Fixture fixture) {
        ofInstance.add(fixture);
    }

    static Stream<Arguments> fixtures() {
        return Stream.of(Arguments.of(new Fixture()), Arguments.of(new Fixture()));
    }

    @RepeatedTest(3)
    void repeated() {
        ofInstance.add(new Fixture());
    }

    @TestFactory
    List<DynamicTest> dynamic() {
        Fixture fixture = new Fixture();
        return List.of(
                dynamicTest("first", () -> fixture.data[0]++), dynamicTest("second", () -> ofInstance.add(fixture)));
    }

    @TestFactory
    Stream<DynamicTest> dynamicOfAStream() {
        return Stream.of(1, 2, 3).map(number -> dynamicTest("test " + number, () -> ofInstance.add(new Fixture())));
    }

    @Nested
    class Inner {

        private final Fixture own = new Fixture();

        @Test
        void nestedSeesItsOuter() {
            ofInstance.add(own);
        }

        @Nested
        class Deeper {
            @Test
            void nestedTwice() {
                ofInstance.add(own);
            }
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class PerClass {

        private final List<Fixture> log = new ArrayList<>();

        @Test
        void firstWritesTheLog() {
            log.add(new Fixture());
        }

        @Test
        void secondWritesTheLog() {
            log.add(new Fixture());
        }

        @RepeatedTest(3)
        void repeatedWritesTheLog() {
            log.add(new Fixture());
        }
    }
}
