package io.heapspec.internal.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitePatternTests {

    @ParameterizedTest
    @CsvSource({
        "com.acme.Cache,           com.acme.Cache,        entries, true",
        "com.acme.Cache,           com.acme.Cache$Entry,  value,   false",
        "com.acme.Cache:entries,   com.acme.Cache,        entries, true",
        "com.acme.Cache:entries,   com.acme.Cache,        index,   false",
        "'com.acme.Cache:entries,index', com.acme.Cache,  index,   true",
        "com.acme.*,               com.acme.deep.Cache,   entries, true",
        "com.acme.*,               com.acmeother.Cache,   entries, false",
        "org.junit.*,              org.junitpioneer.Test, field,   false",
        "com.*.Cache*:data,        com.acme.CacheOfTwo,   data,    true",
        "com.*.Cache*:data,        com.acme.Store,        data,    false",
        "com.acme.Cache:*,         com.acme.Cache,        any,     true",
        "a*a,                      a,                     any,     false",
        "a*b*c,                    abxbc,                 any,     true",
        "a*b*c,                    acb,                   any,     false",
    })
    void meansAClassAndItsFields(String pattern, String type, String field, boolean matches) {
        assertThat(SitePattern.parse(pattern, List.of()).matches(new Step(type, field)))
                .isEqualTo(matches);
    }
}
