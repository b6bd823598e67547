package io.heapspec.internal.disposable;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.ValueWrapper;

/**
 * Copies what is thrown inside a disposable loader for those outside: a throwable holds the classes of all frames it came by, and often objects
 * of the test, so that the loader would live as long as the result of the test.
 *
 * <p>A copy is of the class of the same name outside, with the same message, trace, cause and suppressed throwables. Where that class has no
 * constructor that allows it, a substitute tells the class by its text.
 */
@SuppressWarnings("ReferenceEquality") // the equals of what users throw is not called
public final class FailureCopies {

    private final ClassLoader outer;
    private final IdentityHashMap<Throwable, @Nullable Throwable> copies = new IdentityHashMap<>();

    private FailureCopies(ClassLoader outer) {
        this.outer = outer;
    }

    /**
     * Copies a throwable.
     *
     * @param outer the loader of the classes outside
     */
    public static Throwable copyOf(Throwable thrownInside, ClassLoader outer) {
        return Objects.requireNonNull(new FailureCopies(outer).copy(thrownInside));
    }

    /** Returns null for a throwable that is among its own causes. */
    private @Nullable Throwable copy(@Nullable Throwable original) {
        if (original == null || copies.containsKey(original)) {
            return original == null ? null : copies.get(original);
        }
        copies.put(original, null);
        Throwable cause = copy(told(original::getCause));
        Throwable copy = newCopy(original, cause);
        copies.put(original, copy);
        copy.setStackTrace(withoutLoader(original.getStackTrace()));
        for (Throwable suppressed : original.getSuppressed()) {
            Throwable each = copy(suppressed);
            if (each != null && each != copy) {
                copy.addSuppressed(each);
            }
        }
        return copy;
    }

    private Throwable newCopy(Throwable original, @Nullable Throwable cause) {
        String message = told(original::getMessage);
        if (original.getClass() == AssertionFailedError.class) {
            return assertion((AssertionFailedError) original, message, cause);
        } else if (original instanceof MultipleFailuresError several) {
            return severalOf(several, message);
        }
        Throwable twin = twin(original, message, cause);
        if (twin != null) {
            return twin;
        }
        String text = original.getClass().getName() + (message == null ? "" : ": " + message);
        return original instanceof AssertionError
                ? new AssertionError(text, cause)
                : new ThrownInsideException(text, cause);
    }

    private static Throwable assertion(
            AssertionFailedError original, @Nullable String message, @Nullable Throwable cause) {
        return original.isExpectedDefined() || original.isActualDefined()
                ? new AssertionFailedError(message, text(original.getExpected()), text(original.getActual()), cause)
                : new AssertionFailedError(message, cause);
    }

    private static @Nullable String text(@Nullable ValueWrapper value) {
        return value == null ? null : value.getStringRepresentation();
    }

    private Throwable severalOf(MultipleFailuresError original, @Nullable String message) {
        List<Throwable> failures = original.getFailures().stream()
                .map(this::copy)
                .filter(Objects::nonNull)
                .toList();
        int heading = message == null ? -1 : message.indexOf(" (" + failures.size() + " failure");
        return new MultipleFailuresError(
                heading < 0 ? message : Objects.requireNonNull(message).substring(0, heading), failures);
    }

    /** Returns a throwable of the class outside; null if that cannot be made, or says something else. */
    private @Nullable Throwable twin(Throwable original, @Nullable String message, @Nullable Throwable cause) {
        Class<?> type;
        try {
            type = Class.forName(original.getClass().getName(), true, outer);
        } catch (ClassNotFoundException | LinkageError notThere) {
            return null;
        }
        return Arrays.stream(type.getDeclaredConstructors())
                .sorted(Comparator.comparingInt(Constructor::getParameterCount))
                .filter(Constructor::trySetAccessible)
                .map(constructor -> made(constructor, message, cause))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Throwable made(
            Constructor<?> constructor, @Nullable String message, @Nullable Throwable cause) {
        try {
            Throwable made = make(constructor, message, cause);
            boolean same = made != null && Objects.equals(made.getMessage(), message) && made.getCause() == cause;
            return same ? made : null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notThisWay) {
            return null;
        }
    }

    private static @Nullable Throwable make(
            Constructor<?> constructor, @Nullable String message, @Nullable Throwable cause)
            throws ReflectiveOperationException {
        Class<?>[] parameters = constructor.getParameterTypes();
        if (parameters.length == 0 && message == null) {
            return withCause((Throwable) constructor.newInstance(), cause);
        } else if (parameters.length == 1 && parameters[0] == String.class) {
            return withCause((Throwable) constructor.newInstance(message), cause);
        } else if (parameters.length == 2
                && parameters[0] == String.class
                && Throwable.class.isAssignableFrom(parameters[1])
                && (cause == null || parameters[1].isInstance(cause))) {
            return (Throwable) constructor.newInstance(message, cause);
        }
        return null;
    }

    private static Throwable withCause(Throwable copy, @Nullable Throwable cause) {
        return cause == null ? copy : copy.initCause(cause);
    }

    /** The name of the loader in front of each frame would say nothing to a reader, and hides the frame from an IDE. */
    private static StackTraceElement[] withoutLoader(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .map(frame -> new StackTraceElement(
                        null,
                        frame.getModuleName(),
                        null,
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber()))
                .toArray(StackTraceElement[]::new);
    }

    /** The methods of a throwable are the user's, and may throw. */
    private static <T> @Nullable T told(Supplier<@Nullable T> question) {
        try {
            return question.get();
        } catch (RuntimeException | LinkageError broken) {
            return null;
        }
    }
}
