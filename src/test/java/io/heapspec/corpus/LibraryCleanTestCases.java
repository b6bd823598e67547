package io.heapspec.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.sun.net.httpserver.HttpServer;
import io.heapspec.NoLeak;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.HashedWheelTimer;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.apache.commons.beanutils.PropertyUtils;
import org.apache.commons.lang3.builder.EqualsBuilder;
import org.apache.commons.lang3.builder.ToStringBuilder;
import org.junit.jupiter.api.Test;
import org.mockito.MockedStatic;
import org.mockito.Mockito;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Published libraries, used as intended. */
@NoLeak
@SuppressWarnings("DirectInvocationOnMock")
class LibraryCleanTestCases {

    public static class Person {
        public String name = "ada";
        public int age = 36;

        public String getName() {
            return name;
        }
    }

    @Test
    void mockIsUsed() {
        @SuppressWarnings("unchecked")
        Supplier<String> supplier = Mockito.mock(Supplier.class);
        Mockito.when(supplier.get()).thenReturn("x");
        assertThat(supplier.get()).isEqualTo("x");
        Mockito.verify(supplier).get();
    }

    @Test
    void finalClassIsMockedInline() {
        StringBuilder builder = Mockito.mock(StringBuilder.class);
        assertThat(builder.length()).isZero();
    }

    @Test
    void spyIsUsed() {
        List<String> list = Mockito.spy(new java.util.ArrayList<>());
        list.add("x");
        Mockito.verify(list).add("x");
    }

    static class Statics {
        static int answer() {
            return 42;
        }
    }

    @Test
    void staticMethodIsMockedAndReleased() {
        try (MockedStatic<Statics> mocked = Mockito.mockStatic(Statics.class)) {
            mocked.when(Statics::answer).thenReturn(7);
            assertThat(Statics.answer()).isEqualTo(7);
        }
    }

    @Test
    void assertionsAreMade() {
        assertThat(List.of(new Person(), new Person())).extracting("name").containsOnly("ada");
        assertThat(new Person()).usingRecursiveComparison().isEqualTo(new Person());
        assertThatThrownBy(() -> List.of().add(null)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void assertionFailsAndIsCaught() {
        assertThatThrownBy(() -> assertThat(new Person()).isNull()).isInstanceOf(AssertionError.class);
    }

    @Configuration
    static class Config {
        @Bean
        Person person() {
            return new Person();
        }
    }

    @Test
    void springContextPerTest() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Config.class)) {
            assertThat(context.getBean(Person.class).age).isEqualTo(36);
        }
    }

    @Test
    void objectMapperPerTest() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        String json = mapper.writeValueAsString(Map.of("a", new Person()));
        assertThat(mapper.readTree(json).get("a").get("age").asInt()).isEqualTo(36);
        assertThat(mapper.readValue("{\"name\":\"bob\",\"age\":1}", Person.class).age)
                .isEqualTo(1);
    }

    @Test
    void gsonPerTest() {
        assertThat(new Gson().fromJson(new Gson().toJson(new Person()), Person.class).name)
                .isEqualTo("ada");
    }

    @Test
    void commonsReflect() throws Exception {
        assertThat(ToStringBuilder.reflectionToString(new Person())).contains("ada");
        assertThat(EqualsBuilder.reflectionEquals(new Person(), new Person())).isTrue();
        assertThat(PropertyUtils.getProperty(new Person(), "name")).isEqualTo("ada");
    }

    @Test
    void databaseInMemoryIsClosed() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement()) {
            statement.execute("create table person(id int primary key, name varchar(20))");
            statement.execute("insert into person values (1, 'ada'), (2, 'bob')");
            try (ResultSet rows = statement.executeQuery("select count(*) from person")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
        }
    }

    @Test
    void httpServerAndClientOnLoopback() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            URI address = new URI("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            HttpClient client = HttpClient.newHttpClient();
            assertThat(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            server.stop(0);
        }
    }

    /** Its selector thread ends some time after the client is collected. */
    @Test
    void httpClientIsDropped() {
        assertThat(HttpClient.newHttpClient().version()).isNotNull();
    }

    @Test
    void socketsAreClosed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void nettyBuffersAreReleased() {
        ByteBuf pooled = PooledByteBufAllocator.DEFAULT.heapBuffer(500);
        pooled.writeInt(7);
        pooled.release();
        ByteBuf direct = PooledByteBufAllocator.DEFAULT.directBuffer(500);
        direct.release();
        Unpooled.buffer(100).release();
    }

    @Test
    void nettyTimerIsStopped() {
        HashedWheelTimer timer = new HashedWheelTimer(10, TimeUnit.MILLISECONDS);
        timer.newTimeout(timeout -> {}, 1, TimeUnit.DAYS);
        timer.stop();
    }

    @Test
    void rxPipelineEnds() {
        assertThat(Observable.range(1, 50)
                        .subscribeOn(Schedulers.computation())
                        .map(number -> number * 2)
                        .toList()
                        .blockingGet())
                .hasSize(50);
    }

    @Test
    void rxIntervalIsDisposed() {
        Observable.interval(1, TimeUnit.MILLISECONDS).subscribe().dispose();
    }

    @Test
    void metersOfAnOwnRegistry() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        registry.counter("requests", "path", "/").increment();
        registry.timer("duration").record(1, TimeUnit.MILLISECONDS);
        registry.gauge("queue", List.of(1), List::size);
        registry.close();
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(LibraryCleanTestCases.class);

    @Test
    void diagnosticContextIsCleared() {
        MDC.put("request", "r" + System.nanoTime());
        LOGGER.debug("order {}", System.nanoTime());
        MDC.remove("request");
    }

    /** One key, so the last value stays and no other. */
    @Test
    void diagnosticContextKeepsTheLastValue() {
        MDC.put("user", "u" + System.nanoTime());
    }

    @Test
    void logbackContextIsStopped() {
        LoggerContext context = new LoggerContext();
        context.start();
        context.getLogger("a.b").debug("hello");
        context.stop();
    }

    @Test
    void classIsGeneratedAndDropped() throws Exception {
        Class<?> type = new ByteBuddy()
                .subclass(Person.class)
                .name("io.heapspec.corpus.GeneratedPerson")
                .make()
                .load(LibraryCleanTestCases.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded();
        assertThat(type.getDeclaredConstructor().newInstance()).isInstanceOf(Person.class);
    }
}
