package io.heapspec.internal.report;

import io.heapspec.internal.agent.SourceLines;
import io.heapspec.internal.util.ClassNames;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A test as messages and results name it. Display names are left out: they may hold what the test works on.
 *
 * @param uniqueId JUnit's unique id
 * @param className name of the test class
 * @param methodName name of the test method; empty for the class as a whole
 * @param parameters simple names of the types of its parameters, separated by commas
 * @param invocation which invocation of a parameterized or repeated test, or which dynamic test of a factory, this is, such as {@code [#3]}; empty for any other
 */
public record TestName(String uniqueId, String className, String methodName, String parameters, String invocation) {

    private static final List<String> INVOCATIONS = List.of("[test-template-invocation:", "[dynamic-test:");

    /** Names a test method in a class. */
    public static TestName of(Class<?> type, Method method, String uniqueId) {
        String invocation = INVOCATIONS.stream()
                .filter(uniqueId::contains)
                .map(segment -> uniqueId.lastIndexOf(segment) + segment.length())
                .map(from -> "[" + uniqueId.substring(from, uniqueId.indexOf(']', from)) + "]")
                .findFirst()
                .orElse("");
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return new TestName(uniqueId, type.getName(), method.getName(), parameters, invocation);
    }

    /** Names a test class. */
    public static TestName of(Class<?> type, String uniqueId) {
        return new TestName(uniqueId, type.getName(), "", "", "");
    }

    /** Returns a test class as the one frame of a trace: the beginning of its file. */
    public static StackTraceElement[] traceOf(Class<?> type) {
        String file = ClassNames.simple(ClassNames.outermost(type.getName())) + ".java";
        return new StackTraceElement[] {new StackTraceElement(type.getName(), "<init>", file, 1)};
    }

    /** Returns a test method as the one frame of a trace: our own frames say nothing to a reader. */
    public static StackTraceElement[] traceOf(Method method) {
        return new StackTraceElement[] {SourceLines.firstOf(method)};
    }

    /** Returns what tells it from all other tests of the outermost class: {@code Inner.parses(String)[#2]}. */
    public String inClass() {
        int nested = className.indexOf('$');
        String classes = nested < 0 ? "" : className.substring(nested + 1).replace('$', '.') + ".";
        return classes + methodName + "(" + parameters + ")" + invocation;
    }

    /** Returns the name that the baseline of known leaks has for it, without blanks: {@code com.acme.CartTests.adds(String,int)[#1]}. */
    public String inBaseline() {
        return className + "." + methodName + "(" + parameters.replace(" ", "") + ")" + invocation;
    }

    /** Returns a name for a file of the test, without what a file system may refuse: {@code com.acme.CartTests-adds-3}. */
    public String asFileName() {
        return (className + "-" + methodName + (invocation.isEmpty() ? "" : "-" + invocation))
                .replaceAll("[^\\w.$-]", "");
    }

    /** Returns the name for a reader: {@code CartTest.checkout()}, or {@code CartTest} for the class as a whole. */
    public String shortName() {
        String type = ClassNames.simple(className).replace('$', '.');
        return methodName.isEmpty() ? type : type + "." + methodName + "()" + invocation;
    }
}
