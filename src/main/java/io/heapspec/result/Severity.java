package io.heapspec.result;

/**
 * How soon a leak is felt, from least to most.
 *
 * <p>The grade is the highest of three:
 *
 * <table>
 * <caption>Grades of leaks</caption>
 * <tr><th>grade</th><th>bytes per run, at least</th><th>share of the heap per run, at least</th><th>kinds</th></tr>
 * <tr><td>{@code LOW}</td><td>0</td><td>0</td><td>all others</td></tr>
 * <tr><td>{@code MEDIUM}</td><td>1 KiB</td><td>a millionth</td><td>buffers, native memory</td></tr>
 * <tr><td>{@code HIGH}</td><td>64 KiB</td><td>a ten-thousandth</td><td>threads, class loaders, files</td></tr>
 * <tr><td>{@code CRITICAL}</td><td>4 MiB</td><td>a hundredth</td><td>none</td></tr>
 * </table>
 *
 * <p>The bytes are those that a run adds below the place where it piles up. The heap is the largest that this JVM may have, so that the share says
 * after how many runs it is full: a million, ten thousand, a hundred. Both are of the test's run and the test's JVM; in production a run is a request,
 * and the heap is another. Kinds have a grade of their own where what they take is not on the heap: a thread has its stack, a class loader its
 * metaspace, and there are few file descriptors.
 *
 * @since 0.1
 */
public enum Severity {
    /** Felt after more than a million runs. */
    LOW(0, 0),
    /** Felt within a million runs, or 1 KiB and more per run. */
    MEDIUM(1L << 10, 1e-6),
    /** Felt within ten thousand runs, or 64 KiB and more per run; threads, class loaders and file descriptors. */
    HIGH(64L << 10, 1e-4),
    /** Felt within a hundred runs, or 4 MiB and more per run. */
    CRITICAL(4L << 20, 1e-2);

    private final long leastBytes;
    private final double leastShare;

    Severity(long leastBytes, double leastShare) {
        this.leastBytes = leastBytes;
        this.leastShare = leastShare;
    }

    /**
     * Grades what piles up.
     *
     * @param kind what piles up
     * @param bytesPerRun bytes on the heap that each run adds, 0 or more
     * @param heapBytes the largest heap that the JVM may have, in bytes
     */
    public static Severity of(LeakKind kind, double bytesPerRun, long heapBytes) {
        Severity grade = ofKind(kind);
        for (Severity each : values()) {
            boolean reached = bytesPerRun >= each.leastBytes || bytesPerRun >= each.leastShare * heapBytes;
            if (reached && each.isAtLeast(grade)) {
                grade = each;
            }
        }
        return grade;
    }

    private static Severity ofKind(LeakKind kind) {
        return switch (kind) {
            case THREADS, CLASS_LOADERS, FILES -> HIGH;
            case BUFFERS, NATIVE_MEMORY -> MEDIUM;
            default -> LOW;
        };
    }

    /** Tells whether this is as severe as another grade, or more. */
    public boolean isAtLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
