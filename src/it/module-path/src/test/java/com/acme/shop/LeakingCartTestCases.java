package com.acme.shop;

import io.heapspec.NoLeak;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Not run by itself: ModulePathTests runs it and expects it to fail. */
class LeakingCartTestCases {

    private static final List<Cart> OPEN = new ArrayList<>();

    @Test
    @NoLeak
    void keepsEveryCart() {
        OPEN.add(new Cart());
    }
}
