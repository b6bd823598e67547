package com.acme.shop;

import com.acme.shop.prices.ClosingPriceList;
import com.acme.shop.prices.PriceList;
import io.heapspec.NoLeak;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A file that is left open, and one that is closed. */
class Shop_05_UnclosedFileTests {

    private static final Path PRICES = Path.of("pom.xml");

    @Test
    @NoLeak
    void readsAPrice() throws IOException {
        new PriceList(PRICES).first();
    }

    @Test
    @NoLeak
    void readsAPriceAndClosesTheFile() throws IOException {
        new ClosingPriceList(PRICES).first();
    }
}
