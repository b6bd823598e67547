package io.heapspec.result;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What Flight Recorder saw of a test that leaks, while it was repeated to be explained.
 *
 * <p>Allocations are sampled, about one for each buffer that a thread allocates from: that a class is not among them says nothing. All else is complete.
 *
 * @param missing why there is no recording, in a form that follows "no trace: "; empty if there is one
 * @param runs how often the test ran while it was recorded
 * @param samples objects that were sampled, of classes that leak
 * @param collections the collections in that time, in order
 * @param waits what threads that leak wait for, the longest of each
 * @param starts where threads were started
 * @param classesLoaded how many classes were loaded
 * @since 0.1
 */
public record TraceFindings(
        String missing,
        int runs,
        List<Sample> samples,
        List<Collection> collections,
        List<Wait> waits,
        List<Start> starts,
        int classesLoaded) {

    /** Nothing was recorded, because nothing was to be explained. */
    public static final TraceFindings NONE = missing("");

    public TraceFindings {
        samples = List.copyOf(samples);
        collections = List.copyOf(collections);
        waits = List.copyOf(waits);
        starts = List.copyOf(starts);
    }

    /** Nothing was recorded, and that is why. */
    public static TraceFindings missing(String why) {
        return new TraceFindings(why, 0, List.of(), List.of(), List.of(), List.of(), 0);
    }

    /** Tells whether anything was recorded. */
    public boolean isPresent() {
        return runs > 0;
    }

    /** Returns the samples of some classes, with the most that are alive first. */
    public List<Sample> samplesOf(Set<String> classes) {
        return samples.stream()
                .filter(sample -> classes.contains(sample.className()))
                .toList();
    }

    /**
     * Objects of one class that were allocated at one place.
     *
     * @param className their class
     * @param allocated how many of them were sampled when they were allocated
     * @param alive how many of them were still alive when the recording ended, after collections
     * @param age how old the oldest of these was
     * @param collectionsSurvived how many collections that one had survived
     * @param thread name of the thread that allocated
     * @param stack where, innermost frame first, without file names
     */
    public record Sample(
            String className,
            int allocated,
            int alive,
            Duration age,
            int collectionsSurvived,
            String thread,
            List<StackTraceElement> stack) {

        public Sample {
            stack = List.copyOf(stack);
        }
    }

    /**
     * A garbage collection.
     *
     * @param name as the JVM calls it, such as {@code G1Full}
     * @param cause why there was one
     * @param pause how long threads were stopped, all pauses together
     * @param heapBefore bytes in use before it; 0 if that is not known
     * @param heapAfter bytes in use after it; 0 if that is not known
     */
    public record Collection(String name, String cause, Duration pause, long heapBefore, long heapAfter) {}

    /**
     * What a thread waits for.
     *
     * @param thread its name
     * @param on class of the object that it is parked on, or whose monitor it waits for; empty if there is none
     * @param atLeast how long that took, as far as it was recorded
     * @param stack where, innermost frame first, without file names
     */
    public record Wait(String thread, String on, Duration atLeast, List<StackTraceElement> stack) {

        public Wait {
            stack = List.copyOf(stack);
        }
    }

    /**
     * The start of a thread.
     *
     * @param thread its name
     * @param by name of the thread that started it
     * @param stack where, innermost frame first, without file names
     */
    public record Start(String thread, String by, List<StackTraceElement> stack) {

        public Start {
            stack = List.copyOf(stack);
        }
    }
}
