package com.acme.shop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.shop.receipts.Receipt;
import com.acme.shop.receipts.ReceiptPool;
import com.acme.shop.receipts.ResettingReceiptPool;
import io.heapspec.NoLeak;
import org.junit.jupiter.api.Test;

/** A pooled object that goes back as it is, and one that is reset before. */
class Shop_03_PooledObjectTests {

    @Test
    @NoLeak
    void printsAReceipt() {
        Receipt receipt = ReceiptPool.take();
        receipt.add("espresso", 220);
        receipt.add("croissant", 260);
        assertTrue(receipt.total() > 0);
        ReceiptPool.putBack(receipt);
    }

    @Test
    @NoLeak
    void printsAReceiptFromAResettingPool() {
        Receipt receipt = ResettingReceiptPool.take();
        receipt.add("espresso", 220);
        receipt.add("croissant", 260);
        assertTrue(receipt.total() > 0);
        ResettingReceiptPool.putBack(receipt);
    }
}
