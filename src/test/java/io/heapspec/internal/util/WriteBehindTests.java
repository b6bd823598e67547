package io.heapspec.internal.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteBehindTests {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void writesBuffersInTheirOrder() throws Exception {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        try (WriteBehind out = new WriteBehind(Channels.newChannel(written))) {
            ByteBuffer buffer = out.first();
            for (int i = 0; i < 20; i++) {
                assertThat(buffer.position()).isZero();
                assertThat(buffer.remaining()).isEqualTo(buffer.capacity());
                while (buffer.position() < i * 1000) {
                    buffer.put((byte) i);
                    expected.write(i);
                }
                buffer = out.exchange(buffer);
            }
            out.finish();
            assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void tellsWhatWentWrongAtTheNextCall() throws Exception {
        for (Exception wrong : new Exception[] {new IOException("wrong"), new IllegalStateException("wrong")}) {
            try (WriteBehind out = new WriteBehind(failing(wrong))) {
                out.exchange(out.first().put((byte) 1));
                assertThatIOException().isThrownBy(out::finish).withMessageEndingWith("wrong");
            }
        }
    }

    private static WritableByteChannel failing(Exception wrong) {
        return Channels.newChannel(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (wrong instanceof IOException e) {
                    throw e;
                }
                throw (RuntimeException) wrong;
            }
        });
    }

    @Test
    void givesUpWhenInterruptedOrClosed() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        WritableByteChannel stuck = Channels.newChannel(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    ended.countDown();
                    throw new InterruptedIOException();
                }
            }
        });
        WriteBehind out = new WriteBehind(stuck);
        out.exchange(out.first().put((byte) 1));
        Thread.currentThread().interrupt();
        assertThatIOException().isThrownBy(out::finish).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        out.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended.getCount()).isZero();
    }
}
