package io.heapspec.internal.advice;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a leak was found.
 *
 * @param test name of the test
 * @param testClasses names of the test's class, its superclasses, and the classes around it
 * @param earlier leaks of earlier tests
 * @param debugged whether a debugger is attached
 */
public record Scene(String test, List<String> testClasses, EarlierLeaks earlier, boolean debugged) {

    public Scene {
        testClasses = List.copyOf(testClasses);
    }

    /** Describes where a test of this class runs. */
    public static Scene of(String test, Class<?> testClass, EarlierLeaks earlier) {
        List<String> classes = new ArrayList<>();
        for (Class<?> around = testClass; around != null; around = around.getEnclosingClass()) {
            for (Class<?> type = around; type != null && type != Object.class; type = type.getSuperclass()) {
                classes.add(type.getName());
            }
        }
        return new Scene(test, classes, earlier, isDebugged());
    }

    private static boolean isDebugged() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream().anyMatch(Scene::startsDebugger);
    }

    static boolean startsDebugger(String argument) {
        return argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp");
    }
}
