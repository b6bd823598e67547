package io.heapspec.internal.trace;

import io.heapspec.internal.util.Bytes;
import io.heapspec.internal.util.VmFlags;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder that Flight Recorder writes to while it records, and the room there.
 *
 * <p>Where that is full, Flight Recorder ends the JVM ("An irrecoverable error in Jfr", seen on 17 and 25), and with it the tests of a user: it is not
 * started unless there is room for some chunks, which have 12 MiB each by default.
 *
 * @param folder the folder
 * @param usable the bytes that can be written there
 */
record Repository(Path folder, LongSupplier usable) {

    /** As the JDK publishes it once Flight Recorder has started. */
    private static final String PROPERTY = "jdk.jfr.repository";

    private static final Pattern OPTION = Pattern.compile("(?:^|,)repository=([^,]+)");
    private static final long ROOM = 64L << 20;

    /** Returns that of this JVM. */
    static Repository ofThisJvm() {
        String known = System.getProperty(PROPERTY);
        Path folder = known != null
                ? Path.of(known)
                : configured(VmFlags.value("FlightRecorderOptions").orElse(""));
        return new Repository(folder, () -> folder.toFile().getUsableSpace());
    }

    /** @param options of the command line; without a folder there, it is that for temporary files */
    static Path configured(String options) {
        Matcher matcher = OPTION.matcher(options);
        return Path.of(matcher.find() ? matcher.group(1) : System.getProperty("java.io.tmpdir", "."));
    }

    /** @throws TraceUnavailableException if there is too little room to record */
    void check() throws TraceUnavailableException {
        long room = usable.getAsLong();
        if (room < ROOM) {
            throw new TraceUnavailableException("Flight Recorder needs " + Bytes.rounded(ROOM) + " in " + folder
                    + ", where " + Bytes.rounded(room) + " are left; a full disk would end the JVM");
        }
    }
}
