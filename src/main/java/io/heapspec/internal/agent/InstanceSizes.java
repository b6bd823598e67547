package io.heapspec.internal.agent;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Sizes of instances, as the JVM says of one that is made for it without running a constructor. */
final class InstanceSizes {

    private static final @Nullable MethodHandle ALLOCATE = allocate();

    private InstanceSizes() {}

    /** Returns the shallow size of an instance; 0 if none can be made. */
    static long of(Class<?> type, Instrumentation instrumentation) {
        MethodHandle allocate = ALLOCATE;
        if (allocate == null) {
            return 0;
        }
        try {
            return instrumentation.getObjectSize((Object) allocate.invoke(type));
        } catch (Throwable abstractOrRefused) {
            return 0;
        }
    }

    /** The JDK's own way to make an object without a constructor, in a module that a small runtime may lack. */
    private static @Nullable MethodHandle allocate() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(type, "allocateInstance", MethodType.methodType(Object.class, Class.class))
                    .bindTo(instance.get(null));
        } catch (ReflectiveOperationException | RuntimeException missing) {
            return null;
        }
    }
}
