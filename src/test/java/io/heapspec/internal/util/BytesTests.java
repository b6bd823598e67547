package io.heapspec.internal.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTests {

    @ParameterizedTest
    @CsvSource({"0 B, 0", "17B, 17", "1 KiB, 1024", "48 MiB, 50331648", "2 GiB, 2147483648"})
    void readsSizes(String text, long bytes) {
        assertThat(Bytes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "1", "-1 B", "1.5 KiB", "1 kib", "999999999999 GiB"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bytes.parse(text))
                .withMessageContaining("\"" + text + "\"");
    }

    @Test
    void hintsAtKibibytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bytes.parse("1 KB"))
                .withMessageContaining("write KiB for 1,024");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"16|16 B", "1023|1,023 B", "49356|49,356 B (48.2 KiB)", "-2048|-2,048 B (-2.0 KiB)"})
    void printsExactly(long bytes, String text) {
        assertThat(Bytes.exact(bytes)).isEqualTo(text);
    }
}
