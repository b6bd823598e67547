package com.acme.shop.prices;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Wrong: nobody closes the file. The garbage collector does in the end, and until it happens to run, each request keeps a descriptor. */
public final class PriceList {

    private final Path file;

    public PriceList(Path file) {
        this.file = file;
    }

    public String first() throws IOException {
        BufferedReader prices = Files.newBufferedReader(file);
        return prices.readLine();
    }
}
