package io.heapspec.internal.agent;

import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one method, as sites.
 *
 * @param sites where they get their numbers
 * @param className the class
 * @param method the method's name
 * @param source the source file, if the class file has it
 */
record LinesOfMethod(
        SiteTable sites,
        String className,
        String method,
        @Nullable String source) {

    /** Returns the number of a line. */
    int site(int line) {
        return sites.site(new StackTraceElement(className, method, source, line));
    }

    /** Tells whether a class is the method's own. */
    boolean isOf(String owner) {
        return owner.replace('/', '.').equals(className);
    }

    /**
     * Tells whether a method of another class may return without the caller's line reported again: constructors do, and private methods, which can
     * only be those of classes in the same nest.
     */
    boolean mayLeaveOthers(String owner, String name) {
        return name.equals("<init>")
                || nest(Type.getObjectType(owner).getClassName()).equals(nest(className));
    }

    private static String nest(String name) {
        int nested = name.indexOf('$', 1);
        return nested < 0 ? name : name.substring(0, nested);
    }
}
