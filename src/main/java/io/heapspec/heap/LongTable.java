package io.heapspec.heap;

/** A map from identifiers to numbers, in two arrays; 0 is no key. The last value put for a key wins. */
final class LongTable {
    static final long ABSENT = -1;

    private long[] keys = new long[64];
    private long[] values = new long[64];
    private int size;

    void put(long key, long value) {
        if (key == 0) {
            return;
        }
        if (size * 3L >= keys.length * 2L) {
            grow();
        }
        int slot = slotOf(key);
        if (keys[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        values[slot] = value;
    }

    long get(long key) {
        int slot = slotOf(key);
        return key != 0 && keys[slot] == key ? values[slot] : ABSENT;
    }

    private int slotOf(long key) {
        int mask = keys.length - 1;
        int slot = mix(key) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** The finalizer of MurmurHash3: every bit of the key reaches the low bits. */
    private static int mix(long key) {
        long h = (key ^ key >>> 33) * 0xFF51AFD7ED558CCDL;
        h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
        return (int) (h ^ h >>> 33);
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new long[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
