package io.heapspec;

import io.heapspec.internal.deepsize.ObjectWalk;
import io.heapspec.result.DeepSize;

/**
 * How large an object is with all that it refers to.
 *
 * <pre>{@code
 * DeepSize size = DeepSizes.of(cache);
 * assertThat(size.bytes()).isLessThan(64 * 1024);
 * }</pre>
 *
 * <p>Each object that is reachable from it by strong references counts once, also where others share it: the deep size is not what would be
 * freed with the object. What only soft, weak or phantom references hold does not count, nor do classes, their loaders, modules and threads,
 * which belong to the JVM.
 *
 * <p><b>Limits.</b> Objects are read in place, by JOL, which has to be on the class path (<code>org.openjdk.jol:jol-core</code>); it uses
 * {@code sun.misc.Unsafe}, about which JDK 24 and later print a warning unless {@code --sun-misc-unsafe-memory-access=allow} is given.
 *
 * <p><b>Thread-safety.</b> Safe for several threads. An object that is changed meanwhile is seen in some state of it.
 *
 * @since 0.1
 */
public final class DeepSizes {

    private DeepSizes() {}

    /**
     * Measures an object.
     *
     * @throws IllegalStateException if objects cannot be read in this JVM, or JOL is missing; the message says so
     */
    public static DeepSize of(Object object) {
        return ObjectWalk.from(object);
    }
}
