package io.heapspec.internal.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MethodReferencesTests {

    @Test
    void areThoseOfTheMethodAndWhatItCalls() throws Exception {
        assertThat(references("called")).contains("java/util/BitSet").doesNotContain("java/math/BigInteger");
        assertThat(references("callsAnother")).contains("java/util/BitSet", "java/util/UUID");
    }

    @Test
    void areThoseOfLambdasAndReferencesToMethods() throws Exception {
        assertThat(references("makesALambda")).contains("java/math/BigInteger");
        assertThat(references("refersToAMethod")).contains("java/util/BitSet");
    }

    @Test
    void areThoseOfMethodsThatOthersMayCall() throws Exception {
        assertThat(references("called")).contains("java/math/BigDecimal");
    }

    @Test
    void areNotThoseOfOtherTests() throws Exception {
        assertThat(references("called")).doesNotContain("java/util/Formatter");
        assertThat(all("called"))
                .contains("java/math/BigInteger", "java/util/BitSet", "java/math/BigDecimal")
                .doesNotContain("java/util/Formatter");
    }

    private static Set<String> references(String method) throws Exception {
        return read().from(Set.of(key(method)));
    }

    private static Set<String> all(String method) throws Exception {
        return read().fromAnyBut(Set.of(key(method)));
    }

    private static String key(String method) throws NoSuchMethodException {
        return MethodReferences.keyOf(Sample.class.getDeclaredMethod(method));
    }

    private static MethodReferences read() {
        byte[] code = LoadedClasses.codeOf(Sample.class);
        assertThat(code).isNotNull();
        return new MethodReferences(new ClassReader(code));
    }

    @SuppressWarnings("unused")
    static class Sample {

        static @Nullable Object sink;

        static void called() {
            sink = new BitSet();
        }

        static void callsAnother() {
            called();
            sink = UUID.randomUUID();
        }

        static void makesALambda() {
            Supplier<Object> supplier = () -> new BigInteger("1");
            sink = supplier;
        }

        static void refersToAMethod() {
            Runnable runnable = Sample::called;
            sink = runnable;
        }

        @Override
        public String toString() {
            return new BigDecimal("1").toString();
        }

        @Test
        void anotherTest() {
            sink = new java.util.Formatter();
        }
    }
}
