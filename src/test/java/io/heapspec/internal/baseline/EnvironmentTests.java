package io.heapspec.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTests {

    @Test
    void isThatOfThisJvm() {
        Environment here = Environment.ofThisJvm();

        assertThat(here.jdk()).isEqualTo(Runtime.version().feature());
        assertThat(Environment.parse(here.text())).isEqualTo(here);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JDK 17, 4 B references, 12 B headers",
                "JDK 25, 8 B references, 16 B headers",
                "JDK 25, 4 B references, 8 B headers, 16 B alignment"
            })
    void readsWhatItWrites(String text) {
        assertThat(Environment.parse(text).text()).isEqualTo(text);
    }

    @Test
    void saysWhatItShouldBeLike() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Environment.parse("JDK 17"))
                .withMessage("\"JDK 17\" is not like \"JDK 17, 4 B references, 12 B headers\"");
    }
}
