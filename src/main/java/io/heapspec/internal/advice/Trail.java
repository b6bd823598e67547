package io.heapspec.internal.advice;

import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.GcRootDescription;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.PathElement;
import io.heapspec.result.RootKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A retention chain as patterns see it.
 *
 * @param thread name of the thread at its root; empty if there is none
 * @param steps from the root, which is always the first, to the leaked object
 * @param accumulation which of them is the accumulation point
 */
record Trail(String thread, List<Step> steps, int accumulation) {

    private static final String STATIC_FIELD = "static field ";
    private static final String LOCAL = "local variable in ";
    static final String THREAD_LOCAL = "thread local";
    private static final String THREAD = "thread \"";

    static Trail of(GcRootPath chain) {
        List<Step> steps = new ArrayList<>();
        steps.add(root(chain.root()));
        int accumulation =
                chain.rootIsAccumulationPoint() ? 0 : chain.elements().size();
        for (PathElement element : chain.elements()) {
            if (element.edge().startsWith(THREAD_LOCAL)) {
                steps.add(new Step(element.holderClass(), "threadLocals"));
                steps.add(key(element.edge()));
            } else {
                steps.add(new Step(element.holderClass(), field(element.edge())));
            }
            accumulation = element.accumulationPoint() ? steps.size() - 1 : accumulation;
        }
        steps.add(new Step(chain.leakedClass(), ""));
        return new Trail(threadOf(chain.root().text()), List.copyOf(steps), accumulation);
    }

    /** The field that holds a ThreadLocal, or something with it. */
    private static Step key(String edge) {
        Step key = member(edge.substring(edge.lastIndexOf(' ') + 1));
        return new Step(key.type(), key.field(), !key.field().isEmpty());
    }

    private static Step root(GcRootDescription root) {
        if (root.kind() == RootKind.STATIC_FIELD && root.text().startsWith(STATIC_FIELD)) {
            return member(root.text().substring(STATIC_FIELD.length()));
        } else if (root.kind() == RootKind.JAVA_FRAME && root.text().startsWith(LOCAL)) {
            int source = root.text().indexOf('(');
            String method = root.text().substring(LOCAL.length(), source < 0 ? LOCAL.length() : source);
            return new Step(member(method).type(), "");
        }
        return new Step("", "");
    }

    private static Step member(String qualified) {
        int dot = qualified.lastIndexOf('.');
        return dot < 0 ? new Step("", "") : new Step(qualified.substring(0, dot), qualified.substring(dot + 1));
    }

    private static String field(String edge) {
        int dot = edge.startsWith("static .") ? "static .".length() : edge.startsWith(".") ? 1 : edge.length();
        return edge.substring(dot);
    }

    private static String threadOf(String root) {
        int name = root.indexOf(THREAD);
        int end = root.lastIndexOf('"');
        return name < 0 || end < name + THREAD.length() ? "" : root.substring(name + THREAD.length(), end);
    }

    /** Names a step for a reader: {@code Client.POOL}. */
    static String name(Step step) {
        String type = ClassNames.simple(step.type());
        return step.field().isEmpty() ? type : type + "." + step.field();
    }
}
