package io.heapspec.internal.threads;

import com.google.gson.stream.JsonReader;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.ThreadOwner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the virtual threads of a thread dump in JSON, as JDK 21 and later write it. What is not known is passed over: later JDKs add fields.
 * Before JDK 24 a thread has neither state nor kind, and the frames tell both.
 */
final class ThreadDumpReader {

    private static final String VIRTUAL = "java.lang.VirtualThread";

    private final JsonReader json;
    private final List<LeakedThread> found = new ArrayList<>();

    ThreadDumpReader(JsonReader json) {
        this.json = json;
    }

    /** @throws IllegalStateException if the text has another form */
    List<LeakedThread> virtualThreads() throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("threadDump")) {
                dump();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return found;
    }

    private void dump() throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("threadContainers")) {
                json.beginArray();
                while (json.hasNext()) {
                    container();
                }
                json.endArray();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
    }

    private void container() throws IOException {
        String container = "";
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "container" -> container = json.nextString();
                case "threads" -> threads(container.startsWith("java.util.concurrent.ThreadPerTaskExecutor"));
                default -> json.skipValue();
            }
        }
        json.endObject();
    }

    private void threads(boolean ofExecutor) throws IOException {
        json.beginArray();
        while (json.hasNext()) {
            thread(ofExecutor ? ThreadOwner.EXECUTOR : ThreadOwner.NOBODY);
        }
        json.endArray();
    }

    private void thread(ThreadOwner owner) throws IOException {
        long id = -1;
        String name = "";
        String state = "";
        boolean virtual = false;
        List<String> stack = List.of();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "tid" -> id = Long.parseLong(json.nextString());
                case "name" -> name = json.nextString();
                case "state" -> state = json.nextString();
                case "virtual" -> virtual = json.nextBoolean();
                case "stack" -> stack = stack();
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (virtual || startsAsVirtual(stack)) {
            String known = state.isEmpty() ? stateBy(stack) : state;
            found.add(new LeakedThread(id, name, known, true, true, "VirtualThreads", owner, false, stack));
        }
    }

    private List<String> stack() throws IOException {
        List<String> stack = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            stack.add(Frames.of(json.nextString()));
        }
        json.endArray();
        return stack;
    }

    private static boolean startsAsVirtual(List<String> stack) {
        return !stack.isEmpty() && Frames.isIn(stack.get(stack.size() - 1), VIRTUAL);
    }

    private static String stateBy(List<String> stack) {
        boolean parked = Frames.isIn(stack.get(0), VIRTUAL) && stack.get(0).contains(".park");
        return (parked ? Thread.State.WAITING : Thread.State.RUNNABLE).name();
    }
}
