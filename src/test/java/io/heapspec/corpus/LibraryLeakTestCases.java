package io.heapspec.corpus;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import com.google.common.collect.ListMultimap;
import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.heapspec.NoLeak;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.AttributeKey;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.FastThreadLocal;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.ReplaySubject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.commons.lang3.event.EventListenerSupport;
import org.apache.commons.lang3.time.FastDateFormat;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Published libraries, used as their manuals warn against. */
@NoLeak
@SuppressWarnings("DirectInvocationOnMock")
class LibraryLeakTestCases {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    static class Session {
        final byte[] data = new byte[200];
        int used;
    }

    static class GuavaCaches {
        static final com.google.common.cache.Cache<Integer, Session> UNBOUNDED =
                CacheBuilder.newBuilder().build();
        static final com.google.common.cache.Cache<Integer, Session> BOUNDED =
                CacheBuilder.newBuilder().concurrencyLevel(1).maximumSize(16).build();
        static final EventBus BUS = new EventBus();
        static final Interner<String> STRONG = Interners.newStrongInterner();
        static final Interner<String> WEAK = Interners.newWeakInterner();
        static final ListMultimap<String, Session> BY_USER = ArrayListMultimap.create();
        static final SettableFuture<String> NEVER = SettableFuture.create();
    }

    @Test
    @Leaks(root = "GuavaCaches.UNBOUNDED", leaked = "Session")
    void guavaCacheHasNoBound() {
        GuavaCaches.UNBOUNDED.put(30_000 + NUMBERS.incrementAndGet(), new Session());
    }

    @Test
    @Fixes("guavaCacheHasNoBound")
    void guavaCacheIsBounded() {
        GuavaCaches.BOUNDED.put(30_000 + NUMBERS.incrementAndGet(), new Session());
    }

    static class Subscriber {
        final Session session = new Session();

        @Subscribe
        public void on(String event) {
            session.used++;
        }
    }

    @Test
    @Leaks(root = "GuavaCaches.BUS", leaked = "Subscriber")
    void guavaSubscriberStaysRegistered() {
        GuavaCaches.BUS.register(new Subscriber());
    }

    @Test
    @Fixes("guavaSubscriberStaysRegistered")
    void guavaSubscriberIsUnregistered() {
        Subscriber subscriber = new Subscriber();
        GuavaCaches.BUS.register(subscriber);
        GuavaCaches.BUS.unregister(subscriber);
    }

    @Test
    @Leaks(
            root = "GuavaCaches.STRONG",
            leaked = {"String", "MapMakerInternalMap"})
    void guavaInternerIsStrong() {
        GuavaCaches.STRONG.intern("token-" + NUMBERS.incrementAndGet());
    }

    @Test
    @Fixes("guavaInternerIsStrong")
    void guavaInternerIsWeak() {
        GuavaCaches.WEAK.intern("token-" + NUMBERS.incrementAndGet());
    }

    @Test
    @Leaks(root = "GuavaCaches.BY_USER", leaked = "Session")
    void guavaMultimapOnlyGrows() {
        GuavaCaches.BY_USER.put("ada", new Session());
    }

    @Test
    @Fixes("guavaMultimapOnlyGrows")
    void guavaMultimapIsCleared() {
        GuavaCaches.BY_USER.put("bob", new Session());
        GuavaCaches.BY_USER.removeAll("bob");
    }

    @Test
    @Leaks(
            root = "GuavaCaches.NEVER",
            leaked = {"Lambda", "Session", "AbstractFuture$Listener"})
    void guavaFutureNeverCompletes() {
        Session session = new Session();
        GuavaCaches.NEVER.addListener(() -> session.used++, MoreExecutors.directExecutor());
    }

    @Test
    @Fixes("guavaFutureNeverCompletes")
    void guavaFutureCompletes() {
        Session session = new Session();
        SettableFuture<String> future = SettableFuture.create();
        future.addListener(() -> session.used++, MoreExecutors.directExecutor());
        future.set("done");
    }

    /** Each exiting executor has a shutdown hook, which nothing removes. */
    @Test
    @Leaks(
            root = "ApplicationShutdownHooks",
            leaked = {"Thread", "ThreadPoolExecutor", "DelayedShutdownHook", "Lambda"})
    void guavaExitingExecutorPerRequest() {
        ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
        MoreExecutors.getExitingExecutorService(executor, 1, TimeUnit.MILLISECONDS)
                .shutdown();
    }

    @Test
    @Fixes("guavaExitingExecutorPerRequest")
    void plainExecutorPerRequest() {
        ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
        executor.shutdown();
    }

    static class CaffeineCaches {
        static final Cache<Integer, Session> UNBOUNDED = Caffeine.newBuilder().build();
        static final Cache<Integer, Session> BOUNDED =
                Caffeine.newBuilder().executor(Runnable::run).maximumSize(16).build();
        static final AsyncCache<Integer, Session> PENDING =
                Caffeine.newBuilder().maximumSize(16).buildAsync();
    }

    @Test
    @Leaks(root = "CaffeineCaches.UNBOUNDED", leaked = "Session")
    void caffeineHasNoBound() {
        CaffeineCaches.UNBOUNDED.put(40_000 + NUMBERS.incrementAndGet(), new Session());
    }

    @Test
    @Fixes("caffeineHasNoBound")
    void caffeineIsBounded() {
        CaffeineCaches.BOUNDED.put(40_000 + NUMBERS.incrementAndGet(), new Session());
    }

    /** The bound counts completed entries only. */
    @Test
    @Leaks(
            root = "CaffeineCaches.PENDING",
            leaked = {"CompletableFuture", "PSAMS", "caffeine.cache"})
    void caffeineKeepsFuturesThatNeverComplete() {
        CaffeineCaches.PENDING.put(60_000 + NUMBERS.incrementAndGet(), new CompletableFuture<>());
    }

    @Test
    @Fixes("caffeineKeepsFuturesThatNeverComplete")
    void caffeineDropsFuturesThatAreCancelled() {
        CompletableFuture<Session> future = new CompletableFuture<>();
        CaffeineCaches.PENDING.put(60_000 + NUMBERS.incrementAndGet(), future);
        future.cancel(false);
    }

    interface Heard {
        void heard(String what);
    }

    static class Commons {
        static final EventListenerSupport<Heard> EVENTS = EventListenerSupport.create(Heard.class);
    }

    static class Hearing implements Heard {
        @Override
        public void heard(String what) {}
    }

    @Test
    @Leaks(root = "Commons.EVENTS", leaked = "Hearing")
    void commonsEventListenerStays() {
        Commons.EVENTS.addListener(new Hearing());
    }

    @Test
    @Fixes("commonsEventListenerStays")
    void commonsEventListenerIsRemoved() {
        Hearing hearing = new Hearing();
        Commons.EVENTS.addListener(hearing);
        Commons.EVENTS.removeListener(hearing);
    }

    /** The cache of formats is keyed by pattern and has no bound. */
    @Test
    @Leaks(
            root = {"FastDateFormat"},
            leaked = {"FastDateFormat", "ArrayKey", "FastDatePrinter"})
    void commonsDateFormatPerPattern() {
        FastDateFormat.getInstance("yyyy 'run " + NUMBERS.incrementAndGet() + "'");
    }

    @Test
    @Fixes("commonsDateFormatPerPattern")
    void commonsDateFormatOfOnePattern() {
        FastDateFormat.getInstance("yyyy 'run'");
    }

    static class Sessions extends BasePooledObjectFactory<Session> {
        @Override
        public Session create() {
            return new Session();
        }

        @Override
        public PooledObject<Session> wrap(Session session) {
            return new DefaultPooledObject<>(session);
        }
    }

    /** Registers itself as an MBean. */
    @Test
    @Leaks(
            root = {"ManagementFactory", "MBeanServer", "static field"},
            leaked = {"GenericObjectPool", "NamedObject", "StandardMBeanSupport", "MXBeanSupport"})
    void commonsPoolIsNeverClosed() throws Exception {
        GenericObjectPool<Session> pool = new GenericObjectPool<>(new Sessions());
        pool.returnObject(pool.borrowObject());
    }

    @Test
    @Fixes("commonsPoolIsNeverClosed")
    void commonsPoolIsClosed() throws Exception {
        try (GenericObjectPool<Session> pool = new GenericObjectPool<>(new Sessions())) {
            pool.returnObject(pool.borrowObject());
        }
    }

    private static LoggerContext logback() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    @Test
    @Leaks(
            root = {"LoggerFactory", "logback", "slf4j", "static field"},
            leaked = {"Logger", "String"})
    void logbackLoggerPerRequest() {
        LoggerFactory.getLogger("corpus.request" + NUMBERS.incrementAndGet());
    }

    @Test
    @Fixes("logbackLoggerPerRequest")
    void logbackLoggerIsShared() {
        LoggerFactory.getLogger("corpus.request");
    }

    @Test
    @Leaks(
            root = {"LoggerFactory", "logback", "slf4j", "static field"},
            leaked = "ListAppender")
    void logbackAppenderStaysAttached() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logback().getLogger("corpus.appenders").addAppender(appender);
    }

    @Test
    @Fixes("logbackAppenderStaysAttached")
    void logbackAppenderIsDetached() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logback().getLogger("corpus.appenders").addAppender(appender);
        logback().getLogger("corpus.appenders").detachAppender(appender);
    }

    @Test
    @Leaks(
            root = {"THREAD", "JAVA_FRAME"},
            leaked = {"Thread", "HashedWheelTimer"})
    void nettyTimerIsNeverStopped() {
        HashedWheelTimer timer = new HashedWheelTimer(LibraryLeakTestCases::daemon, 1, TimeUnit.MINUTES, 8, false);
        timer.newTimeout(timeout -> {}, 1, TimeUnit.DAYS);
    }

    @Test
    @Fixes("nettyTimerIsNeverStopped")
    void nettyTimerIsStopped() {
        HashedWheelTimer timer = new HashedWheelTimer(LibraryLeakTestCases::daemon, 1, TimeUnit.MINUTES, 8, false);
        timer.newTimeout(timeout -> {}, 1, TimeUnit.DAYS);
        timer.stop();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "wheel");
        thread.setDaemon(true);
        return thread;
    }

    @Test
    @Leaks(
            root = {"AttributeKey"},
            leaked = {"AttributeKey", "String"})
    void nettyAttributeKeyPerRequest() {
        AttributeKey.valueOf("request" + NUMBERS.incrementAndGet());
    }

    @Test
    @Fixes("nettyAttributeKeyPerRequest")
    void nettyAttributeKeyIsShared() {
        AttributeKey.valueOf("request");
    }

    /** Has an index of its own in an array, so nothing about it is weak. */
    @Test
    @Leaks(
            root = {"THREAD", "thread", "InternalThreadLocalMap"},
            leaked = "Session")
    void nettyThreadLocalIsNeverRemoved() {
        new FastThreadLocal<Session>().set(new Session());
    }

    static class NettyLocals {
        static final FastThreadLocal<Session> SHARED = new FastThreadLocal<>();
    }

    @Test
    @Fixes("nettyThreadLocalIsNeverRemoved")
    void nettyThreadLocalIsShared() {
        NettyLocals.SHARED.set(new Session());
        NettyLocals.SHARED.remove();
    }

    interface Shape {}

    static class Circle implements Shape {}

    static class Jackson {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    /** A module without a name is another one each time. */
    @Test
    @Leaks(
            root = "Jackson.MAPPER",
            leaked = {"SimpleModule", "SimpleAbstractTypeResolver", "String"})
    void jacksonModulePerRequest() {
        SimpleModule module = new SimpleModule();
        module.addAbstractTypeMapping(Shape.class, Circle.class);
        Jackson.MAPPER.registerModule(module);
    }

    @Test
    @Fixes("jacksonModulePerRequest")
    void jacksonModuleHasAName() {
        SimpleModule module = new SimpleModule("shapes");
        module.addAbstractTypeMapping(Shape.class, Circle.class);
        Jackson.MAPPER.registerModule(module);
    }

    @Test
    @Leaks(root = "Jackson.MAPPER", leaked = "NamedType")
    void jacksonSubtypePerRequest() {
        Jackson.MAPPER.registerSubtypes(new NamedType(Circle.class, "circle" + NUMBERS.incrementAndGet()));
    }

    @Test
    @Fixes("jacksonSubtypePerRequest")
    void jacksonSubtypeIsRegisteredAgain() {
        Jackson.MAPPER.registerSubtypes(new NamedType(Circle.class, "circle"));
    }

    static class Rx {
        static final PublishSubject<String> EVENTS = PublishSubject.create();
        static final ReplaySubject<Session> HISTORY = ReplaySubject.create();
        static final ReplaySubject<Session> RECENT = ReplaySubject.createWithSize(5);
        static final CompositeDisposable DISPOSABLES = new CompositeDisposable();
    }

    @Test
    @Leaks(
            root = "Rx.EVENTS",
            leaked = {"PublishDisposable", "LambdaObserver", "Session", "Lambda"})
    void rxSubscriptionIsNeverDisposed() {
        Session session = new Session();
        Rx.EVENTS.subscribe(event -> session.used++);
    }

    @Test
    @Fixes("rxSubscriptionIsNeverDisposed")
    void rxSubscriptionIsDisposed() {
        Session session = new Session();
        Rx.EVENTS.subscribe(event -> session.used++).dispose();
    }

    @Test
    @Leaks(root = "Rx.HISTORY", leaked = "Session")
    void rxReplayHasNoBound() {
        Rx.HISTORY.onNext(new Session());
    }

    @Test
    @Fixes("rxReplayHasNoBound")
    void rxReplayIsBounded() {
        Rx.RECENT.onNext(new Session());
    }

    /** A disposed disposable stays in its composite unless it is deleted there. */
    @Test
    @Leaks(
            root = "Rx.DISPOSABLES",
            leaked = {"Disposable", "LambdaObserver"})
    void rxDisposedStaysInTheComposite() {
        Disposable disposable = Disposable.fromRunnable(() -> {});
        Rx.DISPOSABLES.add(disposable);
        disposable.dispose();
    }

    @Test
    @Fixes("rxDisposedStaysInTheComposite")
    void rxDisposedIsRemovedFromTheComposite() {
        Disposable disposable = Disposable.fromRunnable(() -> {});
        Rx.DISPOSABLES.add(disposable);
        Rx.DISPOSABLES.remove(disposable);
    }

    static class Meters {
        static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();
    }

    @Test
    @Leaks(
            root = "Meters.REGISTRY",
            leaked = {"Counter", "Meter$Id", "CumulativeCounter"})
    void micrometerTagHasNoBound() {
        Meters.REGISTRY
                .counter("requests", "id", "r" + NUMBERS.incrementAndGet())
                .increment();
    }

    @Test
    @Fixes("micrometerTagHasNoBound")
    void micrometerTagHasFewValues() {
        Meters.REGISTRY.counter("requests", "id", "any").increment();
    }

    @Test
    @Leaks(root = "Metrics.globalRegistry", leaked = "SimpleMeterRegistry")
    void micrometerRegistryStaysInTheGlobalOne() {
        Metrics.addRegistry(new SimpleMeterRegistry());
    }

    @Test
    @Fixes("micrometerRegistryStaysInTheGlobalOne")
    void micrometerRegistryIsRemoved() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        Metrics.removeRegistry(registry);
        registry.close();
    }

    private static void query(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists t(id int)");
        }
    }

    @Test
    @Leaks(
            root = {"org.h2.engine.Engine"},
            leaked = {"Database", "DatabaseHolder"})
    void h2DatabasePerRequestIsNeverClosed() throws SQLException {
        query("jdbc:h2:mem:request" + NUMBERS.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
    }

    @Test
    @Fixes("h2DatabasePerRequestIsNeverClosed")
    void h2DatabasePerRequestIsClosed() throws SQLException {
        query("jdbc:h2:mem:request" + NUMBERS.incrementAndGet());
    }

    static class Mocks {
        @SuppressWarnings("unchecked")
        static final Supplier<Session> SHARED = Mockito.mock(Supplier.class);

        @SuppressWarnings("unchecked")
        static final List<Session> STUB_ONLY =
                Mockito.mock(List.class, Mockito.withSettings().stubOnly());

        @SuppressWarnings("unchecked")
        static final List<Session> RECORDING = Mockito.mock(List.class);
    }

    /** A mock remembers every call with its arguments. */
    @Test
    @Leaks(
            root = {"Mocks.RECORDING", "Mocks", "mockito"},
            leaked = {"InterceptedInvocation", "Session", "Invocation"})
    void mockitoMockIsSharedByAllTests() {
        Mocks.RECORDING.add(new Session());
    }

    @Test
    @Fixes("mockitoMockIsSharedByAllTests")
    void mockitoMockForgetsItsCalls() {
        Mocks.STUB_ONLY.add(new Session());
    }

    static class Spring {
        static final GenericApplicationContext SHARED = new GenericApplicationContext();

        static {
            SHARED.refresh();
        }
    }

    static class Listening implements ApplicationListener<ApplicationEvent> {
        @Override
        public void onApplicationEvent(ApplicationEvent event) {}
    }

    @Test
    @Leaks(root = "Spring.SHARED", leaked = "Listening")
    void springListenerStays() {
        Spring.SHARED.addApplicationListener(new Listening());
    }

    @Test
    @Fixes("springListenerStays")
    void springListenerIsRemoved() {
        Listening listener = new Listening();
        Spring.SHARED.addApplicationListener(listener);
        Spring.SHARED.removeApplicationListener(listener);
    }

    static class Config {}

    @Test
    @Leaks(
            root = "ApplicationShutdownHooks",
            leaked = {"AbstractApplicationContext$1", "ApplicationContext", "Thread"})
    void springContextWithAHookIsNeverClosed() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Config.class);
        context.registerShutdownHook();
    }

    @Test
    @Fixes("springContextWithAHookIsNeverClosed")
    void springContextWithAHookIsClosed() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Config.class);
        context.registerShutdownHook();
        context.close();
    }

    /** An open context has an entry for its deserialization: the factory in it is weak, the entry is not. */
    @Test
    @Leaks(root = "DefaultListableBeanFactory.serializableFactories", leaked = "WeakReference")
    void springContextIsDroppedWithoutClose() {
        new AnnotationConfigApplicationContext(Config.class);
    }

    @Test
    @Fixes("springContextIsDroppedWithoutClose")
    @SuppressWarnings("resource")
    void springContextIsClosed() {
        new AnnotationConfigApplicationContext(Config.class).close();
    }
}
