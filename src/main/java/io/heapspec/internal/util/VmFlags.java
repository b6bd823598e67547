package io.heapspec.internal.util;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** The flags that this JVM runs with. */
public final class VmFlags {

    private VmFlags() {}

    /** Returns the value of a flag, such as {@code UseCompressedOops}; empty if this JVM does not know it. */
    public static Optional<String> value(String name) {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return bean == null
                    ? Optional.empty()
                    : Optional.of(bean.getVMOption(name).getValue());
        } catch (IllegalArgumentException unknownHere) {
            return Optional.empty();
        }
    }

    /** Tells whether a flag is set; a flag that this JVM does not know is not. */
    public static boolean isSet(String name) {
        return value(name).filter("true"::equals).isPresent();
    }

    /** Tells whether a flag is known and not set. */
    public static boolean isCleared(String name) {
        return value(name).filter("false"::equals).isPresent();
    }
}
