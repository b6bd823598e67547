package com.acme.shop.receipts;

import java.util.ArrayList;
import java.util.List;

/** A receipt that is made once and used for many purchases. */
public final class Receipt {

    private final List<Item> items = new ArrayList<>();

    public void add(String name, int cents) {
        items.add(new Item(name, cents));
    }

    public int total() {
        return items.stream().mapToInt(Item::cents).sum();
    }

    void reset() {
        items.clear();
    }

    record Item(String name, int cents) {}
}
