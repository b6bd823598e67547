package io.heapspec.heap;

import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One bit per 8 bytes of address space, in pages that exist only where objects are, with the rank of each word beside
 * its bits.
 *
 * <p>A word covers 256 bytes: its low half has one bit per possible object, its high half the number of objects before
 * it ({@link DenseObjectIndex} has the same words without pages). So a look-up takes four dependent loads, whatever the number of objects, and memory is 1/32 of the heap dumped.
 * Pages cover 64 KiB, chunks 64 MiB, and the top array the range from the lowest to the highest object.
 */
final class BitmapObjectIndex implements ObjectIndex {
    private static final int WORD_SHIFT = 8;
    private static final int PAGE_SHIFT = 16;
    private static final int CHUNK_SHIFT = 26;
    private static final int WORDS = 1 << PAGE_SHIFT - WORD_SHIFT;
    private static final int PAGES = 1 << CHUNK_SHIFT - PAGE_SHIFT;
    /** The top array spans at most this many chunks: 16 TiB, the most that ZGC reserves. */
    private static final int MOST_CHUNKS = 1 << 18;

    private final long firstChunk;
    private final long[] @Nullable [] @Nullable [] chunks;
    private final int count;

    private BitmapObjectIndex(long firstChunk, long[] @Nullable [] @Nullable [] chunks, int count) {
        this.firstChunk = firstChunk;
        this.chunks = chunks;
        this.count = count;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int indexOf(long id) {
        long chunk = (id >>> CHUNK_SHIFT) - firstChunk;
        if (chunk < 0 || chunk >= chunks.length) {
            return -1;
        }
        long[] @Nullable [] pages = chunks[(int) chunk];
        if (pages == null) {
            return -1;
        }
        long[] page = pages[(int) (id >>> PAGE_SHIFT) & PAGES - 1];
        if (page == null) {
            return -1;
        }
        return rank(page[(int) (id >>> WORD_SHIFT) & WORDS - 1], id);
    }

    /** Returns the number of the object with an identifier, given its word; or -1 if its bit is not set. */
    static int rank(long word, long id) {
        int bit = 1 << (int) (id >>> 3);
        if (((int) word & bit) == 0 || (id & 7) != 0) {
            return -1;
        }
        return (int) (word >>> 32) + Integer.bitCount((int) word & bit - 1);
    }

    @Override
    public void forEachId(LongConsumer consumer) {
        for (int c = 0; c < chunks.length; c++) {
            long[] @Nullable [] pages = chunks[c];
            for (int p = 0; pages != null && p < PAGES; p++) {
                long[] page = pages[p];
                if (page != null) {
                    long base = firstChunk + c << CHUNK_SHIFT | (long) p << PAGE_SHIFT;
                    forEachId(page, base, consumer);
                }
            }
        }
    }

    /** Tells the identifiers of some words, the first of which begins at an address. */
    static void forEachId(long[] words, long base, LongConsumer consumer) {
        for (int w = 0; w < words.length; w++) {
            long first = base + ((long) w << WORD_SHIFT);
            for (int bits = (int) words[w]; bits != 0; bits &= bits - 1) {
                consumer.accept(first | (long) Integer.numberOfTrailingZeros(bits) << 3);
            }
        }
    }

    /** Collects identifiers in any order, until one turns out not to suit a bitmap. Not thread-safe. */
    static final class Builder {
        /** Bytes of bitmap that may be spent on each object, beside a part that depends on the file alone. */
        private static final long BYTES_PER_OBJECT = 12;

        private static final int PAGE_BYTES = 16 + WORDS * Long.BYTES;
        private static final int CHUNK_BYTES = 16 + PAGES * 4;

        private final long freeBytes;
        private long firstChunk;
        private long[] @Nullable [] @Nullable [] chunks = new long[0][][];
        private int count;
        private long bytes;
        private boolean suits = true;
        private long lastPageNumber = -1;
        private long[] lastPage = new long[0];

        /** Creates an empty builder for a dump of this many bytes. */
        Builder(long fileLength) {
            this.freeBytes = (4L << 20) + fileLength / 16;
        }

        /** Adds an identifier; returns false if it was there already. */
        boolean add(long id) {
            if (!suits || (id & 7) != 0) {
                giveUp();
                return true;
            }
            long[] page = lastPage;
            if (id >>> PAGE_SHIFT != lastPageNumber) {
                if (!reach(id >>> CHUNK_SHIFT)) {
                    giveUp();
                    return true;
                }
                page = pageOf(id);
                lastPage = page;
                lastPageNumber = id >>> PAGE_SHIFT;
            }
            int word = (int) (id >>> WORD_SHIFT) & WORDS - 1;
            long bit = 1L << ((int) (id >>> 3) & 31);
            if ((page[word] & bit) != 0) {
                return false;
            }
            page[word] |= bit;
            count++;
            return true;
        }

        private void giveUp() {
            suits = false;
            chunks = new long[0][][];
        }

        private long[] pageOf(long id) {
            int chunk = (int) ((id >>> CHUNK_SHIFT) - firstChunk);
            long[] @Nullable [] pages = chunks[chunk];
            if (pages == null) {
                pages = new long[PAGES][];
                chunks[chunk] = pages;
                bytes += CHUNK_BYTES;
            }
            int number = (int) (id >>> PAGE_SHIFT) & PAGES - 1;
            long[] page = pages[number];
            if (page == null) {
                page = new long[WORDS];
                pages[number] = page;
                bytes += PAGE_BYTES;
                suits = bytes <= freeBytes + BYTES_PER_OBJECT * count;
            }
            return page;
        }

        /** Makes the top array cover a chunk; returns false if it would become too long. */
        private boolean reach(long chunk) {
            if (chunk >= firstChunk && chunk - firstChunk < chunks.length) {
                return true;
            }
            long first = chunks.length == 0 ? chunk : Math.min(firstChunk, chunk);
            long last = chunks.length == 0 ? chunk : Math.max(firstChunk + chunks.length - 1, chunk);
            if (last - first >= MOST_CHUNKS) {
                return false;
            }
            long[] @Nullable [] @Nullable [] wider = new long[(int) (last - first) + 1][][];
            System.arraycopy(chunks, 0, wider, chunks.length == 0 ? 0 : (int) (firstChunk - first), chunks.length);
            chunks = wider;
            firstChunk = first;
            return true;
        }

        /** Returns the finished index, or null if the identifiers do not suit a bitmap. */
        @Nullable
        ObjectIndex build() {
            if (!suits) {
                return null;
            }
            long rank = 0;
            long pageCount = 0;
            long firstPage = -1;
            long lastPage = -1;
            for (int c = 0; c < chunks.length; c++) {
                long[] @Nullable [] pages = chunks[c];
                for (int p = 0; pages != null && p < PAGES; p++) {
                    long[] page = pages[p];
                    if (page != null) {
                        rank = addRanks(page, rank);
                        pageCount++;
                        lastPage = firstChunk + c << CHUNK_SHIFT - PAGE_SHIFT | p;
                        firstPage = firstPage < 0 ? lastPage : firstPage;
                    }
                }
            }
            boolean dense = lastPage - firstPage < pageCount + pageCount / 2;
            return dense ? dense(firstPage, lastPage) : paged();
        }

        private static long addRanks(long[] page, long first) {
            long rank = first;
            for (int w = 0; w < WORDS; w++) {
                page[w] |= rank << 32;
                rank += Integer.bitCount((int) page[w]);
            }
            return rank;
        }

        private ObjectIndex paged() {
            return new BitmapObjectIndex(firstChunk, Arrays.copyOf(chunks, chunks.length), count);
        }

        /** Puts all pages side by side, and lets go of each as soon as it is there. */
        private ObjectIndex dense(long firstPage, long lastPage) {
            long[] words = new long[(int) (lastPage - firstPage + 1) * WORDS];
            for (int c = 0; c < chunks.length; c++) {
                long[] @Nullable [] pages = chunks[c];
                long offset = (firstChunk + c << CHUNK_SHIFT - PAGE_SHIFT) - firstPage;
                for (int p = 0; pages != null && p < PAGES; p++) {
                    long[] page = pages[p];
                    if (page != null) {
                        System.arraycopy(page, 0, words, (int) (offset + p) * WORDS, WORDS);
                        pages[p] = null;
                    }
                }
            }
            return new DenseObjectIndex(firstPage << PAGE_SHIFT, words, count);
        }
    }
}
