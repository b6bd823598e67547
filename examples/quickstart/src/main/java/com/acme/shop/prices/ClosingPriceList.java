package com.acme.shop.prices;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Right: who opens the file closes it. */
public final class ClosingPriceList {

    private final Path file;

    public ClosingPriceList(Path file) {
        this.file = file;
    }

    public String first() throws IOException {
        try (BufferedReader prices = Files.newBufferedReader(file)) {
            return prices.readLine();
        }
    }
}
