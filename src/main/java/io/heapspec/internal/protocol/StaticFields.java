package io.heapspec.internal.protocol;

import java.lang.reflect.Modifier;

/** What dumps do not say of the static fields of classes in this JVM. */
final class StaticFields {

    private StaticFields() {}

    /**
     * Tells whether a static field is final.
     *
     * @param qualified the field, as {@code com.acme.Codes.CACHE}
     * @return false, too, if there is no such class for the thread that asks
     */
    static boolean isFinal(String qualified) {
        int name = qualified.lastIndexOf('.');
        try {
            Class<?> declaring = Class.forName(
                    qualified.substring(0, name), false, Thread.currentThread().getContextClassLoader());
            return Modifier.isFinal(
                    declaring.getDeclaredField(qualified.substring(name + 1)).getModifiers());
        } catch (ReflectiveOperationException | LinkageError unknown) {
            return false;
        }
    }
}
