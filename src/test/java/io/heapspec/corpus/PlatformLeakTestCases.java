package io.heapspec.corpus;

import io.heapspec.IdleDriver;
import io.heapspec.NoLeak;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.Security;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Registries of the platform itself. */
@NoLeak
class PlatformLeakTestCases {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    static class Resource {
        final byte[] state = new byte[120];

        void close() {
            state[0]++;
        }
    }

    static class Closing extends Thread {
        final Resource resource = new Resource();

        @Override
        public void run() {
            resource.close();
        }
    }

    @Test
    @Leaks(
            root = "ApplicationShutdownHooks",
            leaked = {"Closing", "Resource"})
    void shutdownHookStays() {
        Runtime.getRuntime().addShutdownHook(new Closing());
    }

    @Test
    @Fixes("shutdownHookStays")
    void shutdownHookIsRemoved() {
        Closing hook = new Closing();
        Runtime.getRuntime().addShutdownHook(hook);
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    public interface CounterMBean {
        int getCount();
    }

    public static class Counter implements CounterMBean {
        final Resource resource = new Resource();

        @Override
        public int getCount() {
            return resource.state.length;
        }
    }

    private static ObjectName register() throws Exception {
        ObjectName name = new ObjectName("io.heapspec.corpus:type=Counter,number=" + NUMBERS.incrementAndGet());
        ManagementFactory.getPlatformMBeanServer().registerMBean(new Counter(), name);
        return name;
    }

    @Test
    @Leaks(
            root = {"ManagementFactory", "MBeanServer", "static field"},
            leaked = {"Counter", "NamedObject", "StandardMBeanSupport"})
    void mbeanStaysRegistered() throws Exception {
        register();
    }

    @Test
    @Fixes("mbeanStaysRegistered")
    void mbeanIsUnregistered() throws Exception {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(register());
    }

    static class Collecting extends Handler {
        final List<LogRecord> records = new ArrayList<>();

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    static class Logs {
        static final Logger LOGGER = Logger.getLogger("io.heapspec.corpus.handlers");
        static final Logger RECORDED = Logger.getLogger("io.heapspec.corpus.records");

        static {
            RECORDED.setUseParentHandlers(false);
            RECORDED.addHandler(new Collecting());
            LOGGER.setUseParentHandlers(false);
        }
    }

    @Test
    @Leaks(
            root = {"Logs.LOGGER", "LogManager"},
            leaked = "Collecting")
    void logHandlerStays() {
        Logs.LOGGER.addHandler(new Collecting());
    }

    @Test
    @Fixes("logHandlerStays")
    void logHandlerIsRemoved() {
        Collecting handler = new Collecting();
        Logs.LOGGER.addHandler(handler);
        Logs.LOGGER.removeHandler(handler);
    }

    @Test
    @Leaks(
            root = {"Logs.RECORDED", "LogManager"},
            leaked = "LogRecord")
    void logRecordsAreCollected() {
        Logs.RECORDED.info("order " + NUMBERS.incrementAndGet());
    }

    @Test
    @Fixes("logRecordsAreCollected")
    void logRecordsAreNotLoggable() {
        Logs.RECORDED.fine("order " + NUMBERS.incrementAndGet());
    }

    static class LoggerNames {
        static final List<Logger> LOGGERS = new ArrayList<>();
    }

    @Test
    @Leaks(
            root = {"LoggerNames.LOGGERS", "LogManager"},
            leaked = {"Logger", "LogManager$LogNode", "LoggerWeakRef"})
    void loggerPerRequestIsHeld() {
        LoggerNames.LOGGERS.add(Logger.getLogger("io.heapspec.corpus.request" + NUMBERS.incrementAndGet()));
    }

    @Test
    @Fixes("loggerPerRequestIsHeld")
    void loggerIsShared() {
        Logger.getLogger("io.heapspec.corpus.request");
    }

    @Test
    @Leaks(root = "DeleteOnExitHook", leaked = "String")
    void fileIsDeletedOnExit() throws IOException {
        File file = File.createTempFile("corpus", ".tmp");
        file.deleteOnExit();
        file.delete();
    }

    @Test
    @Fixes("fileIsDeletedOnExit")
    void fileIsDeletedAtOnce() throws IOException {
        File.createTempFile("corpus", ".tmp").delete();
    }

    static class OwnProvider extends Provider {
        private static final long serialVersionUID = 1;

        OwnProvider(int number) {
            super("Corpus" + number, "1", "a provider");
        }
    }

    @Test
    @Leaks(
            root = {"Providers", "Security", "static field"},
            leaked = {"OwnProvider", "ProviderConfig"})
    void securityProviderStays() {
        Security.addProvider(new OwnProvider(NUMBERS.incrementAndGet()));
    }

    @Test
    @Fixes("securityProviderStays")
    void securityProviderIsRemoved() {
        OwnProvider provider = new OwnProvider(NUMBERS.incrementAndGet());
        Security.addProvider(provider);
        Security.removeProvider(provider.getName());
    }

    static class OwnDriver extends IdleDriver {}

    @Test
    @Leaks(
            root = "DriverManager",
            leaked = {"OwnDriver", "DriverInfo"})
    void jdbcDriverStaysRegistered() throws SQLException {
        DriverManager.registerDriver(new OwnDriver());
    }

    @Test
    @Fixes("jdbcDriverStaysRegistered")
    void jdbcDriverIsDeregistered() throws SQLException {
        OwnDriver driver = new OwnDriver();
        DriverManager.registerDriver(driver);
        DriverManager.deregisterDriver(driver);
    }

    public static class Words extends ListResourceBundle {
        @Override
        protected Object[][] getContents() {
            return new Object[][] {{"yes", "ja"}, {"no", "nein"}};
        }
    }

    static class Bundles {
        static final Map<Locale, ResourceBundle> BY_LOCALE = new HashMap<>();
    }

    @Test
    @Leaks(
            root = "Bundles.BY_LOCALE",
            leaked = {"Words", "Locale"})
    void bundlePerLocaleIsCached() {
        Locale locale = Locale.forLanguageTag("de-x-" + Integer.toString(1_000 + NUMBERS.incrementAndGet(), 36));
        Bundles.BY_LOCALE.computeIfAbsent(locale, each -> new Words()).getString("yes");
    }

    @Test
    @Fixes("bundlePerLocaleIsCached")
    void bundleIsCachedForOneLocale() {
        Bundles.BY_LOCALE.computeIfAbsent(Locale.GERMAN, each -> new Words()).getString("yes");
    }

    static class Buffers {
        static final List<ByteBuffer> SENT = new ArrayList<>();
        static final List<ByteBuffer> DIRECT = new ArrayList<>();
    }

    @Test
    @Leaks(
            root = "Buffers.SENT",
            leaked = {"HeapByteBuffer", "ByteBuffer"})
    void heapBuffersAreKept() {
        Buffers.SENT.add(ByteBuffer.allocate(64));
    }

    @Test
    @Fixes("heapBuffersAreKept")
    void heapBuffersAreDropped() {
        Buffers.SENT.add(ByteBuffer.allocate(64));
        Buffers.SENT.clear();
    }

    @Test
    @Leaks(
            root = "Buffers.DIRECT",
            leaked = {"DirectByteBuffer", "ByteBuffer"})
    void directBuffersAreKept() {
        Buffers.DIRECT.add(ByteBuffer.allocateDirect(64));
    }

    @Test
    @Fixes("directBuffersAreKept")
    void directBuffersAreDropped() {
        Buffers.DIRECT.add(ByteBuffer.allocateDirect(64));
        Buffers.DIRECT.clear();
    }

    @Test
    @Leaks(
            root = {"System", "props", "static field"},
            leaked = {"String"})
    void systemPropertyPerRequest() {
        System.setProperty("io.heapspec.corpus.request" + NUMBERS.incrementAndGet(), "open");
    }

    @Test
    @Fixes("systemPropertyPerRequest")
    void systemPropertyIsCleared() {
        String key = "io.heapspec.corpus.request" + NUMBERS.incrementAndGet();
        System.setProperty(key, "open");
        System.clearProperty(key);
    }
}
