package io.heapspec.heap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Programs made of real libraries, each of which dumps its own heap while it holds something. */
enum RealProgram {
    /** A database in memory with a few thousand rows. */
    DATABASE {
        @Override
        Object start() throws Exception {
            Connection connection = DriverManager.getConnection("jdbc:h2:mem:shop");
            connection
                    .createStatement()
                    .execute("create table orders(id int primary key, name varchar, price decimal)");
            PreparedStatement insert = connection.prepareStatement("insert into orders values(?, ?, ?)");
            for (int i = 0; i < 5000; i++) {
                insert.setInt(1, i);
                insert.setString(2, "order " + i);
                insert.setDouble(3, i / 7.0);
                insert.execute();
            }
            return connection;
        }
    },
    /** An application context with beans that refer to one another, and a document that was parsed. */
    APPLICATION {
        @Override
        Object start() throws Exception {
            Object tree = new ObjectMapper()
                    .readTree("[" + "{\"name\":\"x\",\"tags\":[1,2,3],\"price\":1.5},".repeat(2000) + "null]");
            return Map.of("context", new AnnotationConfigApplicationContext(Beans.class), "tree", tree);
        }
    },
    /** Caches with soft and weak entries, threads that wait, and tasks that are due some day. */
    SERVICE {
        @Override
        Object start() {
            Cache<Object, Object> soft = Caffeine.newBuilder().softValues().build();
            Cache<Object, Object> weak = Caffeine.newBuilder().weakKeys().build();
            ScheduledExecutorService executor = Executors.newScheduledThreadPool(3);
            List<Object> kept = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                String key = "key " + i;
                soft.put(key, new ArrayList<>(List.of(key, i)));
                weak.put(key, new StringBuilder(key));
                executor.schedule(() -> kept.add(key), 1, TimeUnit.DAYS);
            }
            return List.of(soft, weak, executor, kept);
        }
    };

    @Configuration
    static class Beans {
        @Bean
        List<String> names() {
            return new ArrayList<>(List.of("a", "b"));
        }

        @Bean
        Map<String, List<String>> index(List<String> names) {
            return Map.of("names", names);
        }
    }

    private static Object held;

    abstract Object start() throws Exception;

    /** Starts a program and dumps what of its heap is alive. */
    public static void main(String[] arguments) throws Exception {
        held = valueOf(arguments[0]).start();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[1], true);
        if (held != null) {
            Runtime.getRuntime().halt(0);
        }
    }

    /** Runs this program in a JVM of its own. */
    void dump(Path file, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RealProgram.class.getName(), name()));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed");
        }
    }
}
