package io.heapspec.internal.disposable;

import java.lang.reflect.Method;

/** A method inside a loader is to take an object of a class outside that is loaded anew there. */
public final class ForeignArgumentException extends Exception {

    private static final long serialVersionUID = 1L;

    ForeignArgumentException(Method method) {
        super("an argument of " + method.getName()
                + "() is made outside of the class loader, and of a class that is loaded anew inside");
    }
}
