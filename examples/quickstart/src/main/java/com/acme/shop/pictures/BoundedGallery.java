package com.acme.shop.pictures;

import java.util.LinkedHashMap;
import java.util.Map;

/** Right: keeps the pictures that were shown last, and drops the one that nobody asked for the longest time. */
public final class BoundedGallery {

    private static final int MOST = 4;
    private static final Map<String, byte[]> SHOWN = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST;
        }
    };

    public byte[] show(String picture) {
        synchronized (SHOWN) {
            return SHOWN.computeIfAbsent(picture, Disk::load);
        }
    }
}
