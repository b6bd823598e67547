package io.heapspec.corpus;

import io.heapspec.NoLeak;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.apache.commons.beanutils.ConvertUtils;
import org.apache.commons.beanutils.Converter;
import org.junit.jupiter.api.Test;

/** Class loaders, generated classes and proxies. */
@NoLeak
@SuppressWarnings("ThreadLocalUsage") // what old code leaks through
class ClassLoaderLeakTestCases {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    static class Plugins {
        static final List<ClassLoader> LOADERS = new ArrayList<>();
        static final Map<String, Object> INSTANCES = new HashMap<>();
        static final Map<Class<?>, String> NAMES = new HashMap<>();
    }

    @Test
    @Leaks(root = "Plugins.LOADERS", leaked = "PluginLoader")
    void loaderIsKeptByAStatic() throws Exception {
        PluginLoader loader = new PluginLoader();
        loader.loadClass(PluginLoader.Plugin.class.getName());
        Plugins.LOADERS.add(loader);
    }

    @Test
    @Fixes("loaderIsKeptByAStatic")
    void loaderIsDropped() throws Exception {
        PluginLoader loader = new PluginLoader();
        loader.loadClass(PluginLoader.Plugin.class.getName());
        Plugins.LOADERS.add(loader);
        Plugins.LOADERS.remove(loader);
    }

    @Test
    @Leaks(
            root = "Plugins.INSTANCES",
            leaked = {"PluginLoader", "PluginLoader$Plugin"})
    void instanceKeepsItsLoader() {
        Object plugin = PluginLoader.newPlugin();
        Plugins.INSTANCES.put("plugin" + System.identityHashCode(plugin) + System.nanoTime(), plugin);
    }

    @Test
    @Fixes("instanceKeepsItsLoader")
    void instanceIsReplaced() {
        Plugins.INSTANCES.put("plugin", PluginLoader.newPlugin());
    }

    @Test
    @Leaks(
            root = "Plugins.NAMES",
            leaked = {"PluginLoader", "Class", "PluginLoader$Plugin"})
    void mapIsKeyedByItsClasses() {
        Plugins.NAMES.put(PluginLoader.newPlugin().getClass(), "plugin");
    }

    @Test
    @Fixes("mapIsKeyedByItsClasses")
    void mapForgetsItsClasses() {
        Class<?> type = PluginLoader.newPlugin().getClass();
        Plugins.NAMES.put(type, "plugin");
        Plugins.NAMES.remove(type);
    }

    private static final CountDownLatch FOREVER = new CountDownLatch(1);

    private static Thread waiting() {
        Thread thread = new Thread(
                () -> {
                    try {
                        FOREVER.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "plugin-thread");
        thread.setDaemon(true);
        return thread;
    }

    @Test
    @Leaks(
            root = {"THREAD", "JAVA_FRAME"},
            leaked = {"Thread", "PluginLoader"})
    void threadHasTheLoaderAsItsContext() {
        Thread thread = waiting();
        thread.setContextClassLoader(PluginLoader.newPlugin().getClass().getClassLoader());
        thread.start();
    }

    @Test
    @Fixes("threadHasTheLoaderAsItsContext")
    void threadIsInterrupted() {
        Thread thread = waiting();
        thread.setContextClassLoader(PluginLoader.newPlugin().getClass().getClassLoader());
        thread.start();
        thread.interrupt();
    }

    static class Locals {
        static final List<ThreadLocal<Object>> KEYS = new ArrayList<>();
    }

    @Test
    @Leaks(
            root = {"THREAD", "thread", "Locals.KEYS"},
            leaked = {"PluginLoader", "PluginLoader$Plugin", "ThreadLocal"})
    void threadLocalValueKeepsTheLoader() {
        ThreadLocal<Object> local = new ThreadLocal<>();
        Locals.KEYS.add(local);
        local.set(PluginLoader.newPlugin());
    }

    @Test
    @Fixes("threadLocalValueKeepsTheLoader")
    void threadLocalValueIsRemoved() {
        ThreadLocal<Object> local = new ThreadLocal<>();
        local.set(PluginLoader.newPlugin());
        local.remove();
    }

    interface Greeter {
        String greet();
    }

    static class Proxies {
        static final List<Greeter> GREETERS = new ArrayList<>();
    }

    @Test
    @Leaks(
            root = "Proxies.GREETERS",
            leaked = {"Proxy", "Lambda"})
    void proxiesAreKept() {
        Proxies.GREETERS.add(greeter(new byte[100]));
    }

    @Test
    @Fixes("proxiesAreKept")
    void proxiesAreDropped() {
        Proxies.GREETERS.add(greeter(new byte[100]));
        Proxies.GREETERS.clear();
    }

    private static Greeter greeter(byte[] state) {
        return (Greeter) Proxy.newProxyInstance(
                Greeter.class.getClassLoader(),
                new Class<?>[] {Greeter.class},
                (proxy, method, arguments) -> "hello " + state.length);
    }

    static class Generated {
        static final List<Class<?>> CLASSES = new ArrayList<>();
    }

    @Test
    @Leaks(
            root = "Generated.CLASSES",
            leaked = {"Class", "ClassLoader", "MultipleParentClassLoader", "Generated$"})
    void generatedClassesAreKept() {
        Generated.CLASSES.add(generate());
    }

    @Test
    @Fixes("generatedClassesAreKept")
    void generatedClassesAreDropped() {
        Generated.CLASSES.add(generate());
        Generated.CLASSES.clear();
    }

    private static Class<?> generate() {
        return new ByteBuddy()
                .subclass(Object.class)
                .name("com.acme.Generated")
                .make()
                .load(ClassLoaderLeakTestCases.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded();
    }

    static class Scripts {
        static final Map<String, Class<?>> COMPILED = new HashMap<>();
    }

    /** Asks no other loader for the class: loaders keep a lock for every name they were asked for. */
    static final class ScriptLoader extends ClassLoader {

        ScriptLoader() {
            super(ScriptLoader.class.getClassLoader());
        }

        Class<?> define(String name) {
            byte[] code =
                    new ByteBuddy().subclass(Object.class).name(name).make().getBytes();
            return defineClass(name, code, 0, code.length);
        }
    }

    @Test
    @Leaks(
            root = "Scripts.COMPILED",
            leaked = {"Class", "ScriptLoader"})
    void scriptsOfManyNamesAreKept() {
        String name = "com.acme.script" + NUMBERS.incrementAndGet() + ".Main";
        Scripts.COMPILED.put(name, new ScriptLoader().define(name));
    }

    @Test
    @Fixes("scriptsOfManyNamesAreKept")
    void scriptsOfManyNamesAreDropped() {
        String name = "com.acme.script" + NUMBERS.incrementAndGet() + ".Main";
        Scripts.COMPILED.put(name, new ScriptLoader().define(name));
        Scripts.COMPILED.remove(name);
    }

    /** Every class stays with its loader, and this one is the application's. */
    @Test
    @Leaks(
            root = {"STICKY", "Loader", "loader", "THREAD", "OTHER", "JNI"},
            leaked = {"Class", "Injected$"})
    void classesAreInjectedIntoTheApplicationLoader() {
        new ByteBuddy()
                .subclass(Object.class)
                .name("io.heapspec.corpus.Injected$" + System.nanoTime())
                .make()
                .load(
                        ClassLoaderLeakTestCases.class.getClassLoader(),
                        ClassLoadingStrategy.UsingLookup.of(java.lang.invoke.MethodHandles.lookup()));
    }

    /** Its name is always the same, since loaders keep a lock for every name they were asked for. */
    @Test
    @Fixes("classesAreInjectedIntoTheApplicationLoader")
    void classesHaveALoaderOfTheirOwn() {
        new ByteBuddy()
                .subclass(Object.class)
                .name("io.heapspec.corpus.Injected")
                .make()
                .load(ClassLoaderLeakTestCases.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER);
    }

    /** A parallel capable loader has a lock for every name it was ever asked for, whether there is such a class or not. */
    @Test
    @Leaks(
            root = {"AppClassLoader", "PlatformClassLoader"},
            leaked = {"Object", "String", "ConcurrentHashMap$Node"})
    void missingClassesAreLookedUp() {
        isPresent("com.acme.Missing" + NUMBERS.incrementAndGet());
    }

    @Test
    @Fixes("missingClassesAreLookedUp")
    void oneMissingClassIsLookedUp() {
        isPresent("com.acme.Missing");
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Beanutils is weak in the loader, but the registered converter keeps it. */
    @Test
    @Leaks(
            root = {"Beanutils", "BeanUtils", "ContextClassLoaderLocal", "static field"},
            leaked = {"PluginLoader", "BeanUtilsBean", "PluginLoader$Plugin"})
    void converterOfThePluginIsRegistered() {
        underPlugin(plugin -> ConvertUtils.register(converter(plugin), plugin.getClass()));
    }

    @Test
    @Fixes("converterOfThePluginIsRegistered")
    void converterOfThePluginIsDeregistered() {
        underPlugin(plugin -> {
            ConvertUtils.register(converter(plugin), plugin.getClass());
            ConvertUtils.deregister(plugin.getClass());
        });
    }

    private static void underPlugin(java.util.function.Consumer<Object> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Object plugin = PluginLoader.newPlugin();
        thread.setContextClassLoader(plugin.getClass().getClassLoader());
        try {
            work.accept(plugin);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Converter converter(Object plugin) {
        return new Converter() {
            @Override
            public <T> T convert(Class<T> type, Object value) {
                return type.cast(plugin);
            }
        };
    }
}
