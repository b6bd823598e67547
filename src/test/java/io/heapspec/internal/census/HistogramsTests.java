package io.heapspec.internal.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramsTests {

    private final ClassTable classes = new ClassTable();
    private final Histograms histograms = new Histograms(classes);

    @Test
    void readsCountsAndBytes() throws Exception {
        Census census = histograms.parse("""
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         12345        6789012  [B (java.base@17.0.15)
                   2:             7            168  com.acme.Session
                   3:             2             64  [[Lcom.acme.Session;
                Total         12354        6789244
                """);

        assertThat(census.count(id("byte[]"))).isEqualTo(12345);
        assertThat(census.bytes(id("byte[]"))).isEqualTo(6789012);
        assertThat(census.count(id("com.acme.Session"))).isEqualTo(7);
        assertThat(census.count(id("com.acme.Session[][]"))).isEqualTo(2);
        assertThat(census.totalBytes()).isEqualTo(6789244);
        assertThat(classes.isReferenceArray(id("com.acme.Session[][]"))).isTrue();
        assertThat(classes.isReferenceArray(id("byte[]"))).isFalse();
    }

    @Test
    void countsClassesTogetherThatTheRuntimeNumbers() throws Exception {
        Census census = histograms.parse("""
                   1:  1  16  com.acme.Cart$$Lambda$14/0x0000000800c03000
                   2:  2  32  com.acme.Cart$$Lambda/0x00007f029c038200
                   3:  4  64  jdk.proxy2.$Proxy15 (jdk.proxy2)
                   4:  8  128  jdk.proxy2.$Proxy7 (jdk.proxy2)
                   5:  16  256  com.acme.Cart$1
                   6:  32  512  com.acme.Cart$2
                """);

        assertThat(census.count(id("com.acme.Cart$$Lambda"))).isEqualTo(3);
        assertThat(census.count(id("jdk.proxy2.$Proxy"))).isEqualTo(12);
        assertThat(census.count(id("com.acme.Cart$1"))).isEqualTo(16);
        assertThat(census.count(id("com.acme.Cart$2"))).isEqualTo(32);
    }

    @Test
    void refusesATextWithoutRows() {
        assertThatExceptionOfType(HistogramUnavailableException.class)
                .isThrownBy(() -> histograms.parse("Total 0 0\n"))
                .withMessageContaining("no row");
    }

    @Test
    void countsThisJvm() throws Exception {
        Object[] held = IntStream.range(0, 1234).mapToObj(i -> new Counted()).toArray();

        Census census = histograms.live();

        assertThat(census.count(id(Counted.class.getName()))).isEqualTo(held.length);
    }

    @Test
    void keepsManyNamesApart() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            text.append("  1:  ")
                    .append(i + 1)
                    .append("  16  com.acme.Type")
                    .append(i)
                    .append("x\n");
        }
        Census census = histograms.parse(text.toString());

        assertThat(classes.size()).isEqualTo(30_000);
        assertThat(IntStream.range(0, 30_000))
                .allMatch(id -> census.count(id) == id + 1 && classes.nameOf(id).equals("com.acme.Type" + id + "x"));
    }

    private int id(String name) {
        return IntStream.range(0, classes.size())
                .filter(id -> classes.nameOf(id).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }

    private static final class Counted {}
}
