package io.heapspec.internal.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceLinesTests {

    @Test
    void findsTheLineThatAMethodBeginsAt() throws Exception {
        StackTraceElement here = new Throwable().getStackTrace()[0];

        StackTraceElement found =
                SourceLines.firstOf(SourceLinesTests.class.getDeclaredMethod("findsTheLineThatAMethodBeginsAt"));

        assertThat(found.getLineNumber()).isEqualTo(here.getLineNumber());
        assertThat(found.getFileName()).isEqualTo("SourceLinesTests.java");
        assertThat(found.getMethodName()).isEqualTo(here.getMethodName());
    }

    @Test
    void namesTheFileOfTheOutermostClass() throws Exception {
        StackTraceElement found = SourceLines.firstOf(Inner.class.getDeclaredMethod("overloaded", int.class));

        assertThat(found.getFileName()).isEqualTo("SourceLinesTests.java");
        assertThat(found.getLineNumber()).isEqualTo(Inner.overloaded(1));
        assertThat(found.getClassName()).isEqualTo(Inner.class.getName());
    }

    @Test
    void hasNoLineForAMethodWithoutCode() throws Exception {
        assertThat(SourceLines.firstOf(List.class.getMethod("size")).getLineNumber())
                .isEqualTo(-1);
    }

    private static final class Inner {

        @SuppressWarnings("unused") // to be told from the other one
        static int overloaded() {
            return 0;
        }

        static int overloaded(int more) {
            return new Throwable().getStackTrace()[0].getLineNumber();
        }
    }
}
