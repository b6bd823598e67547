package io.heapspec.internal.disposable;

import java.lang.ref.WeakReference;

/**
 * A loader that nobody who ran code in it holds any more.
 *
 * @param reference the loader; to be asked with {@code refersTo}
 * @param classes how many classes were loaded in it
 */
public record DisposedLoader(WeakReference<ClassLoader> reference, int classes) {}
