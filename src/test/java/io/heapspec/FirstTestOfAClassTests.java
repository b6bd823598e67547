package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the first test of a class makes before it is asked about: its instance, with all that is in the fields. Tests of many clean classes come before,
 * so that it is known what JUnit leaves.
 */
class FirstTestOfAClassTests {

    @TempDir
    private Path output;

    @Test
    void leaksWhatItsConstructorRegisters() {
        assertThat(after(RegistersInItsConstructorTestCases.class).verdict("registers"))
                .isEqualTo("failed leak");
    }

    @Test
    void leavesOpenWhatItsFieldOpens() {
        assertThat(after(OpensInAFieldTestCases.class).verdict("opens")).isEqualTo("failed unclosed");
    }

    @Test
    void isPassedAfterTwoBlocksIfItIsClean() {
        assertThat(after(CleanTestCases.L.class).results())
                .filteredOn(result -> result.get("reason").getAsString().equals("no_growth"))
                .isNotEmpty()
                .allSatisfy(result ->
                        assertThat(result.get("verdict").getAsString()).isEqualTo("passed"));
    }

    private Kit.Outcome after(Class<?> last) {
        Class<?>[] classes = Stream.concat(Stream.of(CleanTestCases.class.getDeclaredClasses()), Stream.of(last))
                .toArray(Class<?>[]::new);
        return new Kit(output).run(classes);
    }

    static class RegistersInItsConstructorTestCases {

        static final List<Object> ALL = new ArrayList<>(1_000);

        RegistersInItsConstructorTestCases() {
            ALL.add(new Object());
        }

        @Test
        @NoLeak
        void registers() {}
    }

    static class OpensInAFieldTestCases {

        private final Deflater deflater = new Deflater();

        @Test
        @NoLeak
        void opens() {
            assertThat(deflater.getTotalIn()).isZero();
        }
    }

    static class CleanTestCases {

        static class A {
            @Test
            @NoLeak
            void a() {}
        }

        static class B {
            @Test
            @NoLeak
            void b() {}
        }

        static class C {
            @Test
            @NoLeak
            void c() {}
        }

        static class D {
            @Test
            @NoLeak
            void d() {}
        }

        static class E {
            @Test
            @NoLeak
            void e() {}
        }

        static class F {
            @Test
            @NoLeak
            void f() {}
        }

        static class G {
            @Test
            @NoLeak
            void g() {}
        }

        static class H {
            @Test
            @NoLeak
            void h() {}
        }

        static class I {
            @Test
            @NoLeak
            void i() {}
        }

        static class J {
            @Test
            @NoLeak
            void j() {}
        }

        static class K {
            @Test
            @NoLeak
            void k() {}
        }

        static class L {
            @Test
            @NoLeak
            void l() {}
        }
    }
}
