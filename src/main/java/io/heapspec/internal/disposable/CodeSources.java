package io.heapspec.internal.disposable;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where classes come from, as a class tells who asks it: code looks for files beside its own jar or folder. */
final class CodeSources {

    private final ClassLoader loader;
    private final Map<String, ProtectionDomain> domains = new ConcurrentHashMap<>();

    CodeSources(ClassLoader loader) {
        this.loader = loader;
    }

    /** Returns the domain of a class. */
    ProtectionDomain domainOf(String className, URLConnection file) throws IOException {
        URL location = locationOf(className, file);
        return domains.computeIfAbsent(String.valueOf(location), key -> domainAt(location));
    }

    private ProtectionDomain domainAt(@Nullable URL location) {
        CodeSource source = new CodeSource(location, (Certificate[]) null);
        return new ProtectionDomain(source, new Permissions(), loader, null);
    }

    private static @Nullable URL locationOf(String className, URLConnection file) throws IOException {
        if (file instanceof JarURLConnection jar) {
            return jar.getJarFileURL();
        }
        String path = className.replace('.', '/') + ".class";
        String text = file.getURL().toString();
        try {
            return text.endsWith(path) ? new URI(text.substring(0, text.length() - path.length())).toURL() : null;
        } catch (URISyntaxException | IllegalArgumentException notAUri) {
            return null;
        }
    }
}
