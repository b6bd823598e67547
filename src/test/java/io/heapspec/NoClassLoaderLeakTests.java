package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.beans.Introspector;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds a class loader, and what does not. */
class NoClassLoaderLeakTests {

    @TempDir
    Path output;

    @AfterEach
    void letGo() {
        Outside.KEPT.clear();
        Outside.LATCH.countDown();
    }

    private Kit.Outcome run(Class<?>... testClasses) {
        return new Kit(output).run(testClasses);
    }

    @Test
    void passesWhatLetsItsLoaderGo() {
        Kit.Outcome outcome = run(CleanTestCases.class);

        assertThat(outcome.results())
                .hasSize(5)
                .allSatisfy(
                        result -> assertThat(result.get("reason").getAsString()).isIn("loader_collected", "soft_held"));
        outcome.events()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(5).failed(0));
    }

    @NoClassLoaderLeak(outside = "io.heapspec.NoClassLoaderLeakTests$Outside")
    static class CleanTestCases {

        @Test
        void runsInALoaderOfItsOwn() {
            ClassLoader loader = getClass().getClassLoader();
            assertEquals("heapspec NoClassLoaderLeakTests.CleanTestCases.runsInALoaderOfItsOwn()", loader.getName());
            assertEquals(loader, Thread.currentThread().getContextClassLoader());
            assertEquals(loader, Item.class.getClassLoader());
        }

        @Test
        void introspectsABean() throws Exception {
            assertEquals(2, Introspector.getBeanInfo(Item.class).getPropertyDescriptors().length);
        }

        @Test
        void serializesAnObject() {
            assertEquals(Item.class, ObjectStreamClass.lookup(Item.class).forClass());
        }

        @Test
        void endsItsThreadLater() {
            Item item = new Item();
            new Thread(() -> {
                        try {
                            Thread.sleep(700);
                            item.getName();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .start();
        }

        @Test
        void logs() {
            Logger.getLogger(Item.class.getName()).fine("nothing");
        }
    }

    @Test
    void namesWhatHoldsTheLoader() {
        Kit.Outcome outcome = run(LeakingTestCases.class);

        for (var result : outcome.results()) {
            System.out.println(result);
        }
        outcome.events().testEvents().failed().stream()
                .forEach(e -> e.getPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .get()
                        .getThrowable()
                        .get()
                        .printStackTrace());
        assertThat(outcome.results())
                .hasSize(5)
                .allSatisfy(
                        result -> assertThat(result.get("reason").getAsString()).isEqualTo("loader_kept"));
    }

    @NoClassLoaderLeak(outside = "io.heapspec.NoClassLoaderLeakTests$Outside", patience = "500 ms")
    static class LeakingTestCases {

        @Test
        void setsAThreadLocal() {
            ThreadLocal<Object> local = new ThreadLocal<>();
            local.set(new Item());
        }

        @Test
        void registersADriver() throws SQLException {
            DriverManager.registerDriver(new NoDriver());
        }

        @Test
        void addsToAStaticListOutside() {
            Outside.KEPT.add(new Item());
        }

        @Test
        void startsAThread() {
            new Thread(Outside::await, "endless").start();
        }

        @Test
        void registersAShutdownHook() {
            Runtime.getRuntime().addShutdownHook(new Thread(Item::new));
        }
    }

    static class Item implements Serializable {
        public String getName() {
            return "item";
        }
    }

    public static final class Outside {
        public static final List<Object> KEPT = new ArrayList<>();
        public static final CountDownLatch LATCH = new CountDownLatch(1);

        public static void await() {
            try {
                LATCH.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static final class NoDriver implements Driver {
        @Override
        public Connection connect(String url, Properties info) {
            return null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return false;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
