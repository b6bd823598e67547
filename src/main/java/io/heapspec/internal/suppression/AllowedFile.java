package io.heapspec.internal.suppression;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file with allowed retention. */
public final class AllowedFile {

    /** Where it is in the test resources, unless configuration names another. */
    public static final String RESOURCE = "heapspec/allowed-leaks.txt";

    private AllowedFile() {}

    /** Reads that of the test resources, or, where there is none, that on the class path; without either nothing is allowed. */
    public static List<AllowRule> inTestResources(Path folder, AllowedText syntax) throws SuppressionException {
        Path file = folder.resolve(RESOURCE);
        Optional<String> text = KnownLeaksFile.textOf(file, RESOURCE);
        return text.isEmpty() ? List.of() : syntax.file(text.get(), nameOf(file));
    }

    /**
     * Reads one that configuration names.
     *
     * @param key the configuration key that does
     */
    public static List<AllowRule> named(Path file, String key, AllowedText syntax) throws SuppressionException {
        if (!Files.isRegularFile(file)) {
            throw new SuppressionException("configuration parameter " + key + " is \"" + file
                    + "\", and there is no such file in " + Path.of("").toAbsolutePath());
        }
        return syntax.file(KnownLeaksFile.textOf(file, RESOURCE).orElse(""), nameOf(file));
    }

    private static String nameOf(Path file) {
        return file.toString().replace('\\', '/');
    }
}
