package io.heapspec.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;

/** Loads {@link Plugin} by itself, everything else from its parent, as an application server does. */
class PluginLoader extends URLClassLoader {

    PluginLoader() {
        super(new URL[0], PluginLoader.class.getClassLoader());
    }

    /** Returns a plugin whose class belongs to a new loader. */
    static Object newPlugin() {
        try {
            return new PluginLoader()
                    .loadClass(Plugin.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals(Plugin.class.getName())) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    private Class<?> define(String name) {
        try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = stream.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a plugin brings. */
    public static class Plugin implements Runnable {
        static final byte[] STATE = new byte[1000];

        public Plugin() {}

        @Override
        public void run() {
            STATE[0]++;
        }

        @Override
        public String toString() {
            return "plugin";
        }
    }
}
