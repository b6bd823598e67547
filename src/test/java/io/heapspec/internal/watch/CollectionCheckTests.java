package io.heapspec.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.Reachability;
import io.heapspec.result.Reason;
import io.heapspec.result.WatchJudgement;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionCheckTests {

    private static final ThreadLocal<@Nullable Object> LOCAL = new ThreadLocal<>();
    private static final List<Object> HELD = new ArrayList<>();

    private final Expectations list = new Expectations();

    @TempDir
    Path dumps;

    @AfterEach
    void letGo() {
        HELD.clear();
        LOCAL.remove();
    }

    @Test
    void objectThatNothingHoldsIsCollected() {
        list.collected(new Session(), "closed");

        WatchJudgement judgement = check(Reachability.STRONG);

        assertThat(judgement.reason()).isEqualTo(Reason.COLLECTED);
        assertThat(judgement.watched()).isEqualTo(1);
        assertThat(dumps).isEmptyDirectory();
    }

    @Test
    void nothingWatchedIsCollected() {
        assertThat(check(Reachability.SOFT).reason()).isEqualTo(Reason.COLLECTED);
    }

    @Test
    void staticFieldIsNamed() {
        watchHeldBy(HELD::add);

        WatchJudgement judgement = check(Reachability.STRONG);

        assertThat(judgement.reason()).isEqualTo(Reason.RETAINED);
        var object = judgement.retained().get(0);
        assertThat(object.className()).isEqualTo(Session.class.getName());
        assertThat(object.why()).isEqualTo("closed");
        assertThat(object.chain().root().text())
                .isEqualTo("static field " + CollectionCheckTests.class.getName() + ".HELD");
        assertThat(object.retainedObjects()).isEqualTo(2);
        assertThat(dumps).isEmptyDirectory();
    }

    @Test
    void threadLocalIsNamedByItsThreadAndField() {
        watchHeldBy(LOCAL::set);

        WatchJudgement judgement = check(Reachability.STRONG);

        assertThat(judgement.retained().get(0).chain().root().text()).startsWith("thread \"");
        assertThat(judgement.retained().get(0).chain().elements())
                .anyMatch(element ->
                        element.edge().equals("thread local " + CollectionCheckTests.class.getName() + ".LOCAL"));
    }

    @Test
    void localVariableIsNamedByItsMethodAndThread() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> keepInALocal(started, end), "keeper");
        thread.start();
        started.await();

        WatchJudgement judgement = check(Reachability.STRONG);
        end.countDown();
        thread.join();

        assertThat(judgement.reason()).isEqualTo(Reason.RETAINED);
        assertThat(judgement.retained().get(0).chain().root().text())
                .startsWith("local variable in ")
                .contains(".keepInALocal(")
                .endsWith(" on thread \"keeper\"");
    }

    private void keepInALocal(CountDownLatch started, CountDownLatch end) {
        Object local = new Session();
        list.collected(local, "closed");
        started.countDown();
        awaitUninterrupted(end);
        Reference.reachabilityFence(local);
    }

    @Test
    void objectOfAThreadThatEndsIsCollectedLater() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        WatchedObject object = new WatchedObject();
        Thread thread = new Thread(() -> {
            object.watchAndKeepUntilCollectionsRan(list, started);
            asked.countDown();
        });
        thread.start();
        started.await();

        WatchJudgement judgement = check(Reachability.STRONG, Duration.ofSeconds(20));

        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(judgement.reason()).isEqualTo(Reason.COLLECTED_LATER);
    }

    @Test
    void weakAndPhantomReferencesHoldNothing() {
        watchHeldBy(object -> HELD.add(new WeakReference<>(object)));
        watchHeldBy(object -> HELD.add(new PhantomReference<>(object, new ReferenceQueue<>())));

        assertThat(check(Reachability.STRONG).reason()).isEqualTo(Reason.COLLECTED);
    }

    @Test
    void softReferenceHoldsNothingUnlessThatIsAsked() {
        watchHeldBy(object -> HELD.add(new SoftReference<>(object)));

        // On Shenandoah a forced collection clears them.
        assertThat(check(Reachability.STRONG).reason()).isIn(Reason.SOFT_HELD, Reason.COLLECTED);
    }

    @Test
    void softReferenceIsClearedWhereThatIsAsked() {
        watchHeldBy(object -> HELD.add(new SoftReference<>(object)));

        WatchJudgement judgement = check(Reachability.SOFT);

        assertThat(judgement.reason()).as(judgement.detail()).isEqualTo(Reason.COLLECTED);
    }

    @Test
    void strongReferenceIsNamedWhereSoftOnesAreClearedToo() {
        watchHeldBy(HELD::add);

        assertThat(check(Reachability.SOFT).reason()).isEqualTo(Reason.RETAINED);
    }

    @Test
    void manyObjectsCostOneDumpAndAFewChains() {
        for (int i = 0; i < 10_000; i++) {
            watchHeldBy(HELD::add);
        }
        list.collected(new Session(), "closed");

        WatchJudgement judgement = check(Reachability.STRONG);

        assertThat(judgement.watched()).isEqualTo(10_001);
        assertThat(judgement.retained()).hasSize(10_000);
        assertThat(judgement.retained())
                .filteredOn(each -> each.chain() != null)
                .hasSize(16);
    }

    @Test
    void instancesOfAClassAreFoundByTheirFields() {
        HELD.add(new Named("ada", 1));
        HELD.add(new Named("bob", 2));
        list.noInstance(
                Named.class, each -> each.text("name").orElse("").equals("bob") && each.number("age") == 2, "left");

        WatchJudgement judgement = check(Reachability.STRONG);

        assertThat(judgement.retained()).hasSize(1);
        assertThat(judgement.retained().get(0).why()).isEqualTo("left");
    }

    @Test
    void classWithoutInstanceNeedsNoDump() {
        list.noInstance(NeverMade.class, any -> true, "never made");

        assertThat(check(Reachability.STRONG).reason()).isEqualTo(Reason.COLLECTED);
    }

    @Test
    void instancesOfSubclassesCount() {
        HELD.add(new ArrayList<>(List.of(new Object())) {});
        list.noInstance(
                HELD.get(0).getClass().getSuperclass(),
                each -> each.className().startsWith("io.heapspec.internal.watch."),
                "left");

        assertThat(check(Reachability.STRONG).reason()).isEqualTo(Reason.RETAINED);
    }

    private record Named(String name, int age) {}

    private record NeverMade() {}

    @Test
    void objectIsNeverAskedAnything() {
        Hostile.hold(list);

        assertThat(check(Reachability.STRONG).retained()).hasSize(1);
    }

    @Test
    void whatFoundAnObjectDoesNotKeepIt() {
        watchHeldBy(HELD::add);
        CollectionCheck check = new CollectionCheck(Reachability.STRONG, Duration.ofMillis(200), dumps);
        Expectations.Taken taken = list.take();

        WatchJudgement first = check.judge(taken);
        HELD.clear();

        assertThat(first.retained()).hasSize(1);
        assertThat(check.judge(taken).reason()).isEqualTo(Reason.COLLECTED);
    }

    private void watchHeldBy(java.util.function.Consumer<Object> holder) {
        Object object = new Session();
        holder.accept(object);
        list.collected(object, "closed");
    }

    private WatchJudgement check(Reachability reachability) {
        return check(reachability, Duration.ofMillis(200));
    }

    private WatchJudgement check(Reachability reachability, Duration patience) {
        return new CollectionCheck(reachability, patience, dumps).judge(list.take());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Retains one more object. */
    private static final class Session {
        @SuppressWarnings("unused") // for its size
        private final byte[] content = new byte[100];
    }

    /** Keeps an object until other objects, made after it, were collected twice. */
    private static final class WatchedObject {
        void watchAndKeepUntilCollectionsRan(Expectations list, CountDownLatch started) {
            Object local = new Session();
            list.collected(local, "closed");
            started.countDown();
            for (int i = 0; i < 2; i++) {
                WeakReference<Object> marker = new WeakReference<>(new Object());
                while (!marker.refersTo(null)) {
                    Thread.onSpinWait();
                }
            }
            Reference.reachabilityFence(local);
        }
    }

    private static final class Hostile {
        static void hold(Expectations list) {
            Object object = new Hostile();
            HELD.add(object);
            list.collected(object, "closed");
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("asked for equals");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("asked for its hash");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("asked for its text");
        }
    }
}
