package io.heapspec.internal.agent;

import net.bytebuddy.jar.asm.Type;

/**
 * A method that notes its lines.
 *
 * @param number its number
 * @param className its class
 */
record MethodSite(int number, String className) {

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
