package io.heapspec.internal.disposable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A class loader for one run of a test: it loads anew what its parent could load, but for the JDK, HeapSpec, and what is to stay outside.
 *
 * <p>It takes classes from where its parent finds them, so it needs no class path, and opens no file that would have to be closed;
 * resources are the parent's. Its name is that of the test, by which it is found in any heap dump.
 *
 * <p>Thread-safe.
 */
public final class DisposableLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String OWN = "io.heapspec.";
    /** Its types and the user's assertion library have to agree, so it is loaded with that. */
    private static final String OWN_ASSERTIONS = "io.heapspec.assertj.";

    private static final @Nullable URL OWN_LOCATION = locationOf(DisposableLoader.class);

    private final ClassLoader outer;
    private final OutsidePackages outside;
    private final CodeSources sources = new CodeSources(this);
    private final AtomicInteger defined;

    /**
     * Makes a loader.
     *
     * @param name the test's
     * @param outer what loads classes that stay outside, and finds the others
     * @param outside packages that stay outside
     * @param defined counts the classes that are loaded inside; not kept by the loader alone, so that it can be read when that is gone
     */
    DisposableLoader(String name, ClassLoader outer, OutsidePackages outside, AtomicInteger defined) {
        super(name, outer);
        this.outer = outer;
        this.outside = outside;
        this.defined = defined;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            URL file = fileToLoad(name);
            return file == null ? outer.loadClass(name) : define(name, file);
        }
    }

    /** Returns where to read a class from; null if it stays outside. */
    private @Nullable URL fileToLoad(String name) {
        if (name.startsWith("java.") || outside.contains(name)) {
            return null;
        }
        String path = name.replace('.', '/') + ".class";
        if (ClassLoader.getPlatformClassLoader().getResource(path) != null) {
            return null;
        }
        URL file = outer.getResource(path);
        return file == null || file.getProtocol().equals("jrt") || isOwn(name, file) ? null : file;
    }

    /** Tells a class of HeapSpec from one of somebody who has chosen its package. */
    private static boolean isOwn(String name, URL file) {
        return name.startsWith(OWN)
                && !name.startsWith(OWN_ASSERTIONS)
                && OWN_LOCATION != null
                && file.toString().contains(OWN_LOCATION.toString());
    }

    private Class<?> define(String name, URL file) throws ClassNotFoundException {
        try {
            URLConnection connection = file.openConnection();
            // With the cache of the JDK, jars would stay open.
            connection.setUseCaches(false);
            byte[] bytes;
            try (InputStream stream = connection.getInputStream()) {
                bytes = stream.readAllBytes();
            }
            Class<?> type = defineClass(name, bytes, 0, bytes.length, sources.domainOf(name, connection));
            defined.incrementAndGet();
            return type;
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static @Nullable URL locationOf(Class<?> type) {
        ProtectionDomain domain = type.getProtectionDomain();
        return domain.getCodeSource() == null ? null : domain.getCodeSource().getLocation();
    }
}
