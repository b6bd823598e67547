package io.heapspec.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.netbeans.lib.profiler.heap.ArrayItemValue;
import org.netbeans.lib.profiler.heap.FieldValue;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;

/** NetBeans' heap, used as VisualVM does to show the nearest GC root. */
public final class PeerSubject implements Peer {

    public static void main(String[] arguments) throws Exception {
        Rounds.run(new PeerSubject(), arguments);
    }

    @Override
    public List<Chain> chains(File dump, String className, boolean retained) throws IOException {
        forget(dump);
        try {
            Heap heap = HeapFactory.createHeap(dump);
            List<Chain> chains = new ArrayList<>();
            for (Object instance : heap.getJavaClassByName(className).getInstances()) {
                chains.add(chain(heap, (Instance) instance, retained));
            }
            return chains;
        } finally {
            forget(dump);
        }
    }

    /** Deletes what the library keeps beside the dump, lest the next round finds everything done. */
    private static void forget(File dump) throws IOException {
        Path cache = Path.of(dump + ".nbcache");
        if (Files.exists(cache)) {
            try (var files = Files.list(cache)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(cache);
        }
    }

    private static Chain chain(Heap heap, Instance target, boolean retained) {
        StringBuilder text = new StringBuilder();
        int length = 0;
        Instance held = target;
        Instance holder = held.getNearestGCRootPointer();
        while (!holder.equals(held)) {
            text.insert(0, reference(holder, held) + " -> " + held.getJavaClass().getName());
            length++;
            held = holder;
            holder = held.getNearestGCRootPointer();
        }
        text.insert(0, heap.getGCRoot(held).getKind() + " " + held.getJavaClass().getName());
        return new Chain(text.toString(), length, retained ? target.getRetainedSize() : 0);
    }

    private static String reference(Instance holder, Instance held) {
        for (Object reference : held.getReferences()) {
            if (reference instanceof FieldValue value && value.getDefiningInstance().equals(holder)) {
                return "." + value.getField().getDeclaringClass().getName() + "." + value.getField().getName();
            }
            if (reference instanceof ArrayItemValue item && item.getDefiningInstance().equals(holder)) {
                return "[" + item.getIndex() + "]";
            }
        }
        return ".<class>";
    }
}
