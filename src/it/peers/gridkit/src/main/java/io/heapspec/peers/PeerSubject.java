package io.heapspec.peers;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.netbeans.lib.profiler.heap.ArrayItemValue;
import org.netbeans.lib.profiler.heap.FieldValue;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.Value;

/** gridkit's heap, used as that of NetBeans it grew out of. */
public final class PeerSubject implements Peer {

    public static void main(String[] arguments) throws Exception {
        Rounds.run(new PeerSubject(), arguments);
    }

    @Override
    public List<Chain> chains(File dump, String className, boolean retained) throws IOException {
        Heap heap = HeapFactory.createHeap(dump);
        List<Chain> chains = new ArrayList<>();
        for (Instance instance : heap.getJavaClassByName(className).getInstances()) {
            chains.add(chain(heap, instance, retained));
        }
        return chains;
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
        for (Value reference : held.getReferences()) {
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
