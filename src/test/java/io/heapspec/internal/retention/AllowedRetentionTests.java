package io.heapspec.internal.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heapspec.result.RootKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedRetentionTests {

    private static final List<Hop> HOPS = List.of(
            new Hop(
                    1,
                    "",
                    new EdgeName.Root(RootKind.STATIC_FIELD, "static field com.acme.Client.POOL"),
                    "com.acme.Pool"),
            new Hop(
                    2,
                    "com.acme.Pool",
                    new EdgeName.Field("com.acme.AbstractPool", "free", false),
                    "java.util.ArrayList"),
            new Hop(3, "java.util.ArrayList", EdgeName.ELEMENT, "com.acme.Session"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.*",
                "com.acme.Client",
                "com.acme.Client:POOL",
                "com.acme.Pool:free",
                "com.acme.AbstractPool:busy,free",
                "*Pool:fr*",
                "com.acme.Session"
            })
    void coversAChainThatPassesThrough(String pattern) {
        assertThat(AllowedRetention.parse(List.of(pattern)).covering(HOPS)).containsExactly(pattern);
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme", "com.acme.Client:OTHER", "com.acme.Session:free", "org.*", "com.acme.Clien"})
    void doesNotCoverAnyOther(String pattern) {
        assertThat(AllowedRetention.parse(List.of(pattern)).covering(HOPS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com.acme.Foo:", ":field", "com acme", "com.acme.Foo:a,,b", "com.acme.Foo;x"})
    void refusesWhatIsNoPattern(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedRetention.parse(List.of(pattern)))
                .withMessageContaining("\"" + pattern + "\"")
                .withMessageContaining("com.acme.Cache:field,field");
    }
}
