package com.acme.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heapspec.result.Verdict;
import org.junit.jupiter.api.Test;

class ModulePathTests {

    /** First of all: on the class path everything below would pass and prove nothing. */
    @Test
    void runsOnTheModulePath() {
        assertEquals("com.acme.shop", Cart.class.getModule().getName());
        assertEquals("com.acme.shop", getClass().getModule().getName());
        assertEquals("io.heapspec", Verdict.class.getModule().getName());
        assertEquals("org.junit.jupiter.api", Test.class.getModule().getName());
    }
}
