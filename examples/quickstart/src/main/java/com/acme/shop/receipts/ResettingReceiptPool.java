package com.acme.shop.receipts;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.Queue;

/** Right: a receipt is emptied before it goes back. */
public final class ResettingReceiptPool {

    private static final Queue<Receipt> FREE = new ConcurrentLinkedQueue<>();

    private ResettingReceiptPool() {}

    public static Receipt take() {
        Receipt free = FREE.poll();
        return free != null ? free : new Receipt();
    }

    public static void putBack(Receipt receipt) {
        receipt.reset();
        FREE.add(receipt);
    }
}
