package io.heapspec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The snippets in {@code docs/classloaders.md}. {@link DocumentationTests} runs them. */
class UsageOfNoClassLoaderLeak {

    /** Our own promise: a plugin can be undeployed. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @NoClassLoaderLeak(outside = "org.slf4j", patience = "10 s")
    @interface CanBeUndeployed {}

    @Test
    @NoClassLoaderLeak
    void undeploysThePlugin() {
        Plugin plugin = new Plugin();
        plugin.start();
        plugin.stop();
    }

    @Test
    @NoClassLoaderLeak(outside = {"org.slf4j", "ch.qos.logback"})
    void logsByTheServersLogger() {
        LoggerFactory.getLogger(Plugin.class).debug("started");
    }

    @Test
    @NoClassLoaderLeak(cure = DeregisterDrivers.class, patience = "500 ms")
    void needsItsDriversDeregistered() throws SQLException {
        DriverManager.registerDriver(new PluginDriver());
    }

    static class DeregisterDrivers implements Runnable {

        @Override
        public void run() {
            // DriverManager tells a class of the drivers of its own loader only.
            for (Driver driver : Collections.list(DriverManager.getDrivers())) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Test
    @NoClassLoaderLeak(expectLeak = "PLUGIN-17: the session of the last request stays", patience = "500 ms")
    void keepsTheLastSession() {
        Plugin.SESSION.set(new Plugin());
    }

    static final class Plugin {
        static final ThreadLocal<Object> SESSION = new ThreadLocal<>();

        void start() {
            SESSION.set(this);
        }

        void stop() {
            SESSION.remove();
        }
    }

    static final class PluginDriver extends IdleDriver {}
}
