package io.heapspec.corpus;

import io.heapspec.NoLeak;
import java.beans.PropertyChangeListener;
import java.beans.PropertyChangeSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Observable;
import java.util.Observer;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Consumer;
import java.util.prefs.PreferenceChangeListener;
import org.junit.jupiter.api.Test;

/** Listeners, callbacks and what they capture. */
@NoLeak
@SuppressWarnings("deprecation") // Observable is what old code leaks through
class ListenerLeakTestCases {

    static class Screen {
        final byte[] pixels = new byte[300];
        int shown;
    }

    interface Listener {
        void changed(String what);
    }

    static class Registry {
        static final List<Listener> LISTENERS = new ArrayList<>();
    }

    static class LogListener implements Listener {
        @Override
        public void changed(String what) {}
    }

    @Test
    @Leaks(root = "Registry.LISTENERS", leaked = "LogListener")
    void listenerIsNeverRemoved() {
        Registry.LISTENERS.add(new LogListener());
    }

    @Test
    @Fixes("listenerIsNeverRemoved")
    void listenerIsRemoved() {
        Listener listener = new LogListener();
        Registry.LISTENERS.add(listener);
        Registry.LISTENERS.remove(listener);
    }

    static class References {
        static final List<Runnable> CALLBACKS = new ArrayList<>();
    }

    /** Each method reference is another object, so remove() does not find it. */
    @Test
    @Leaks(
            root = "References.CALLBACKS",
            leaked = {"Lambda", "Screen"})
    void removedMethodReferenceIsAnotherOne() {
        Screen screen = new Screen();
        References.CALLBACKS.add(screen::hashCode);
        References.CALLBACKS.remove((Runnable) screen::hashCode);
    }

    @Test
    @Fixes("removedMethodReferenceIsAnotherOne")
    void sameMethodReferenceIsRemoved() {
        Screen screen = new Screen();
        Runnable callback = screen::hashCode;
        References.CALLBACKS.add(callback);
        References.CALLBACKS.remove(callback);
    }

    static class Lambdas {
        static final List<Consumer<String>> HANDLERS = new CopyOnWriteArrayList<>();
    }

    @Test
    @Leaks(
            root = "Lambdas.HANDLERS",
            leaked = {"Screen", "Lambda"})
    void lambdaCapturesItsContext() {
        Screen screen = new Screen();
        Lambdas.HANDLERS.add(text -> screen.shown++);
    }

    /** Captures nothing, so it is one object for ever; yet the list grows with every run. */
    @Test
    @Leaks(root = "Lambdas.HANDLERS", leaked = "Lambda")
    void statelessLambdaIsAddedAgain() {
        Lambdas.HANDLERS.add(text -> {});
    }

    @Test
    @Fixes("lambdaCapturesItsContext")
    void lambdaIsRemoved() {
        Screen screen = new Screen();
        Consumer<String> handler = text -> screen.shown++;
        Lambdas.HANDLERS.add(handler);
        Lambdas.HANDLERS.remove(handler);
    }

    @Test
    @Fixes("statelessLambdaIsAddedAgain")
    void statelessLambdaIsRemovedAgain() {
        Consumer<String> handler = text -> {};
        Lambdas.HANDLERS.add(handler);
        Lambdas.HANDLERS.remove(handler);
    }

    static class Page {
        final byte[] content = new byte[400];

        class Button implements Listener {
            @Override
            public void changed(String what) {
                content[0]++;
            }
        }

        Listener anonymous() {
            return new Listener() {
                @Override
                public void changed(String what) {
                    content[1]++;
                }
            };
        }
    }

    static class Toolbar {
        static final List<Listener> BUTTONS = new ArrayList<>();
        static final List<Listener> ACTIONS = new ArrayList<>();
    }

    @Test
    @Leaks(
            root = "Toolbar.BUTTONS",
            leaked = {"Page$Button", "Page"})
    void innerClassKeepsItsOuterObject() {
        Toolbar.BUTTONS.add(new Page().new Button());
    }

    @Test
    @Fixes("innerClassKeepsItsOuterObject")
    void innerClassIsRemoved() {
        Listener button = new Page().new Button();
        Toolbar.BUTTONS.add(button);
        Toolbar.BUTTONS.remove(button);
    }

    @Test
    @Leaks(
            root = "Toolbar.ACTIONS",
            leaked = {"Page$1", "Page"})
    void anonymousClassKeepsItsOuterObject() {
        Toolbar.ACTIONS.add(new Page().anonymous());
    }

    @Test
    @Fixes("anonymousClassKeepsItsOuterObject")
    void anonymousClassIsRemoved() {
        Listener action = new Page().anonymous();
        Toolbar.ACTIONS.add(action);
        Toolbar.ACTIONS.remove(action);
    }

    private int touched;

    static class TestCallbacks {
        static final List<Runnable> ADDED = new ArrayList<>();
    }

    /** The lambda captures the test instance itself. */
    @Test
    @Leaks(
            root = "TestCallbacks.ADDED",
            leaked = {"ListenerLeakTestCases", "Lambda"})
    void callbackKeepsTheTestInstance() {
        TestCallbacks.ADDED.add(() -> touched++);
    }

    @Test
    @Fixes("callbackKeepsTheTestInstance")
    void callbackOfTheTestInstanceIsRemoved() {
        Runnable callback = () -> touched++;
        TestCallbacks.ADDED.add(callback);
        TestCallbacks.ADDED.remove(callback);
    }

    static class Model extends Observable {
        static final Model SHARED = new Model();
    }

    static class View implements Observer {
        final Model model;

        View(Model model) {
            this.model = model;
        }

        @Override
        public void update(Observable source, Object argument) {}
    }

    @Test
    @Leaks(root = "Model.SHARED", leaked = "View")
    void observersAreCyclic() {
        Model.SHARED.addObserver(new View(Model.SHARED));
    }

    @Test
    @Fixes("observersAreCyclic")
    void observersGoWithTheirModel() {
        Model model = new Model();
        model.addObserver(new View(model));
    }

    static class Bean {
        static final PropertyChangeSupport CHANGES = new PropertyChangeSupport("bean");
    }

    @Test
    @Leaks(
            root = "Bean.CHANGES",
            leaked = {"Lambda", "Screen"})
    void propertyChangeListenerStays() {
        Screen screen = new Screen();
        Bean.CHANGES.addPropertyChangeListener(event -> screen.shown++);
    }

    @Test
    @Fixes("propertyChangeListenerStays")
    void propertyChangeListenerIsRemoved() {
        Screen screen = new Screen();
        PropertyChangeListener listener = event -> screen.shown++;
        Bean.CHANGES.addPropertyChangeListener(listener);
        Bean.CHANGES.removePropertyChangeListener(listener);
    }

    static class News {
        static final SubmissionPublisher<String> PUBLISHER = new SubmissionPublisher<>(Runnable::run, 8);
    }

    static class Reader implements Flow.Subscriber<String> {
        @SuppressWarnings("unused")
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void onNext(String item) {}

        @Override
        public void onError(Throwable throwable) {}

        @Override
        public void onComplete() {}
    }

    @Test
    @Leaks(
            root = "News.PUBLISHER",
            leaked = {"Reader", "BufferedSubscription"})
    void flowSubscriberNeverCancels() {
        News.PUBLISHER.subscribe(new Reader());
    }

    @Test
    @Fixes("flowSubscriberNeverCancels")
    void flowSubscriberGoesWithItsPublisher() {
        try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>(Runnable::run, 8)) {
            publisher.subscribe(new Reader());
        }
    }

    /** What a user interface keeps: a window that listens to a service which outlives it. */
    static class Service {
        static final Service INSTANCE = new Service();
        final List<PreferenceChangeListener> listeners = new ArrayList<>();
    }

    static class Window {
        final List<Screen> screens = List.of(new Screen(), new Screen());
        final PreferenceChangeListener listener = event -> screens.size();

        void open() {
            Service.INSTANCE.listeners.add(listener);
        }

        void close() {
            Service.INSTANCE.listeners.remove(listener);
        }
    }

    @Test
    @Leaks(
            root = "Service.INSTANCE",
            leaked = {"Window", "Lambda"})
    void windowIsNotClosed() {
        new Window().open();
    }

    @Test
    @Fixes("windowIsNotClosed")
    void windowIsClosed() {
        Window window = new Window();
        window.open();
        window.close();
    }

    static class Connection {
        boolean dirty;
        final List<byte[]> buffers = new ArrayList<>();
    }

    static class Pool {
        static final List<Connection> FREE = new ArrayList<>(List.of(new Connection()));
    }

    @Test
    @Leaks(root = "Pool.FREE", leaked = "byte[]")
    void pooledObjectIsPutBackDirty() {
        Connection connection = Pool.FREE.remove(0);
        connection.buffers.add(new byte[100]);
        Pool.FREE.add(connection);
    }

    @Test
    @Fixes("pooledObjectIsPutBackDirty")
    void pooledObjectIsPutBackClean() {
        Connection connection = Pool.FREE.remove(0);
        connection.buffers.add(new byte[100]);
        connection.buffers.clear();
        Pool.FREE.add(connection);
    }
}
