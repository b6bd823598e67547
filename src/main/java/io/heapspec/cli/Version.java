package io.heapspec.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which version this is; the manifest of the jar knows. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"heapspec " + (version == null ? "(not from a jar)" : version)};
    }
}
