package com.acme.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.shop.pictures.BoundedGallery;
import com.acme.shop.pictures.Gallery;
import io.heapspec.NoLeak;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A global map with 1 MiB for every key, and a bounded one. */
class Shop_01_GlobalMapTests {

    @Test
    @NoLeak
    void showsAPicture() {
        byte[] picture = new Gallery().show("picture-" + UUID.randomUUID());
        assertEquals(1 << 20, picture.length);
    }

    @Test
    @NoLeak
    void showsAPictureFromABoundedGallery() {
        byte[] picture = new BoundedGallery().show("picture-" + UUID.randomUUID());
        assertEquals(1 << 20, picture.length);
    }
}
