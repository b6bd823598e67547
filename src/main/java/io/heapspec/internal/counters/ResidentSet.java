package io.heapspec.internal.counters;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of this process is in memory, as Linux tells in {@code /proc/self/status} (proc(5): {@code VmRSS}, in KiB). */
final class ResidentSet {

    private static final Path OWN = Path.of("/proc/self/status");
    private static final Pattern LINE = Pattern.compile("VmRSS:\\s*(\\d{1,15})\\s+kB\\s*");
    private static final int KIB = 1024;

    private ResidentSet() {}

    static OptionalLong bytes() {
        return bytes(OWN);
    }

    static OptionalLong bytes(Path status) {
        try (BufferedReader lines = Files.newBufferedReader(status, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher resident = LINE.matcher(line);
                if (resident.matches()) {
                    return OptionalLong.of(KIB * Long.parseLong(resident.group(1)));
                }
            }
        } catch (IOException | RuntimeException notTold) {
            // Another system, or one that keeps it from us.
        }
        return OptionalLong.empty();
    }
}
