package com.acme.shop.receipts;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.Queue;

/** Wrong: a receipt goes back with its items on it, and the next purchase adds to them. */
public final class ReceiptPool {

    private static final Queue<Receipt> FREE = new ConcurrentLinkedQueue<>();

    private ReceiptPool() {}

    public static Receipt take() {
        Receipt free = FREE.poll();
        return free != null ? free : new Receipt();
    }

    public static void putBack(Receipt receipt) {
        FREE.add(receipt);
    }
}
