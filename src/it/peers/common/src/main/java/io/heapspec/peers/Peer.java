package io.heapspec.peers;

import java.io.File;
import java.util.List;

/** A library that reads heap dumps. */
public interface Peer {

    /** Opens the dump, finds all instances of the class and a shortest path from a GC root to each of them, and closes the dump. */
    List<Chain> chains(File dump, String className, boolean retained) throws Exception;

    /**
     * How an instance is held.
     *
     * @param text the chain with the names of its fields
     * @param length the number of references from the root's object to the instance
     * @param retained the retained size of the instance, 0 if not asked
     */
    record Chain(String text, int length, long retained) {}
}
