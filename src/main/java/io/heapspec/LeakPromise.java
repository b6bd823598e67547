package io.heapspec;

import io.heapspec.Configuration.Scope;
import io.heapspec.internal.protocol.LeakPlan;
import io.heapspec.internal.report.TestName;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What is promised about a test: that it does not leak.
 *
 * @param plan how to find out
 * @param repeat how to repeat it
 * @param annotated whether it was made by an annotation, not by configuration
 */
record LeakPromise(LeakPlan plan, Repeat repeat, boolean annotated) {

    /**
     * Returns what is promised by the annotations of a test, or else by the configuration; null if that is nothing.
     *
     * @param session asked only where something is promised
     */
    static @Nullable LeakPromise of(ExtensionContext context, Configuration configuration, Supplier<Session> session) {
        Class<?> testClass = context.getRequiredTestClass();
        LeakPlans plans = new LeakPlans(configuration);
        Method method = context.getRequiredTestMethod();
        DeclaredPromise declared = DeclaredPromise.of(method, testClass);
        if (declared != null) {
            TestName test = TestName.of(testClass, method, context.getUniqueId());
            return plans.of(declared, session.get().suppressions(configuration), test);
        }
        boolean judged = configuration.scope() == Scope.EVERYWHERE && configuration.includes(testClass);
        if (!judged) {
            return null;
        }
        Repeat repeat = isOrdered(testClass) ? Repeat.NEVER : Repeat.WHOLE_LIFE_CYCLE;
        RunSuppressions suppressions = session.get().suppressions(configuration);
        TestName test = TestName.of(testClass, method, context.getUniqueId());
        return new LeakPromise(suppressions.applyTo(plans.byDefault(), test, null), repeat, false);
    }

    /**
     * Tells whether the tests of a class have an order: one may build on what the one before it left, and nobody who knows HeapSpec has said
     * that it can be repeated.
     */
    private static boolean isOrdered(Class<?> testClass) {
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            Optional<TestMethodOrder> order = AnnotationSupport.findAnnotation(type, TestMethodOrder.class);
            if (order.isPresent()) {
                return order.get().value() != MethodOrderer.Random.class;
            }
        }
        return false;
    }
}
