package io.heapspec.corpus;

import io.heapspec.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Judges cases of the corpus in this JVM. Arguments: the folder for the results, then the names of test methods. */
final class FingerprintRun {

    private FingerprintRun() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Set<String> names = Set.copyOf(List.of(arguments).subList(1, arguments.length));
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter(Configuration.OUTPUT_PROPERTY_NAME, folder.toString());
        Corpus.cases().stream()
                .filter(each -> names.contains(each.method().getName()))
                .map(each -> DiscoverySelectors.selectMethod(each.type(), each.method()))
                .forEach(request::selectors);
        LauncherFactory.create().execute(request.build());
        // Halts, since some cases leave threads and shutdown hooks on purpose.
        Runtime.getRuntime().halt(0);
    }
}
