package com.acme.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heapspec.NoLeak;
import org.junit.jupiter.api.Test;

class CartTests {

    @Test
    @NoLeak
    void countsItsItems() {
        var cart = new Cart();
        cart.add("book");
        assertEquals(1, cart.size());
    }
}
