package io.heapspec.peers;

import com.sun.management.OperatingSystemMXBean;
import io.heapspec.peers.Peer.Chain;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** Asks a library several times in the same JVM. */
final class Rounds {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Rounds() {}

    /**
     * Prints CPU and wall clock seconds since the start of the JVM after the first round, the least CPU seconds of a later one (0 if
     * there is none), the number of chains, the sum of their lengths and that of the retained sizes; and with {@code -Dpeers.chains} the
     * chains to the standard error stream.
     *
     * @param arguments {@code chains} or {@code retained}, the dump, the class of the targets, the number of rounds
     */
    static void run(Peer peer, String[] arguments) throws Exception {
        boolean retained = retained(arguments[0]);
        File dump = new File(arguments[1]).getAbsoluteFile();
        List<Chain> chains = peer.chains(dump, arguments[2], retained);
        double first = SYSTEM.getProcessCpuTime() / 1e9;
        double wall = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        double later = Double.MAX_VALUE;
        int rounds = Integer.parseInt(arguments[3]);
        for (int i = 1; i < rounds; i++) {
            long before = SYSTEM.getProcessCpuTime();
            peer.chains(dump, arguments[2], retained);
            later = Math.min(later, (SYSTEM.getProcessCpuTime() - before) / 1e9);
        }
        print(first, wall, rounds > 1 ? later : 0, chains);
    }

    private static boolean retained(String task) {
        return switch (task) {
            case "chains" -> false;
            case "retained" -> true;
            default -> throw new IllegalArgumentException(task);
        };
    }

    private static void print(double first, double wall, double later, List<Chain> chains) {
        if (System.getProperty("peers.chains") != null) {
            chains.forEach(chain -> System.err.println(chain.text()));
        }
        int lengths = chains.stream().mapToInt(Chain::length).sum();
        long retained = chains.stream().mapToLong(Chain::retained).sum();
        System.out.printf(
                Locale.ROOT, "%.4f %.4f %.4f %d %d %d%n", first, wall, later, chains.size(), lengths, retained);
    }
}
