package io.heapspec.corpus;

import io.heapspec.result.LeakKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that this case leaks with every run, and what a user would want to read about it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Leaks {

    /** Part of the text of the GC root, or its kind, such as {@code THREAD}. One of these is enough. None for what nothing holds. */
    String[] root() default {};

    /** End of the name of the class that leaks. One of these is enough where a reader would be served by either. */
    String[] leaked();

    /** What kind it is; any by default. */
    LeakKind[] kind() default {};

    /** Whether nothing holds it: it was only left open. */
    boolean unclosed() default false;

    /** Whose the leak is in the results, as {@code mock_framework}; empty where a case does not ask. */
    String holder() default "";

    /** The last feature release of the JDK on which this leaks; later ones are expected to be clean. */
    int untilJdk() default Integer.MAX_VALUE;
}
