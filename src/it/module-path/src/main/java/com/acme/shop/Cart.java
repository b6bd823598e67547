package com.acme.shop;

import java.util.ArrayList;
import java.util.List;

/** Something to test. */
public final class Cart {

    private final List<String> items = new ArrayList<>();

    public void add(String item) {
        items.add(item);
    }

    public int size() {
        return items.size();
    }
}
