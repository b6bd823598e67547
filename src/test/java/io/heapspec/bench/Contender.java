package io.heapspec.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What is timed beside others, in JVMs of its own.
 *
 * @param title what is printed
 * @param own whether it is ours
 * @param command what follows the options of the JVM, for so many rounds
 */
record Contender(String title, boolean own, IntFunction<List<String>> command) {

    static Contender own(String title, ReadSubject subject, Path dump) {
        return new Contender(
                title,
                true,
                rounds -> List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadSubject.class.getName(),
                        subject.name(),
                        String.valueOf(rounds),
                        dump.toString(),
                        dump.toString()));
    }
}
