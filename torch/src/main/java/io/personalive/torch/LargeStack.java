package io.personalive.torch;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;

/**
 * A thread with room for what OpenBLAS puts on the stack: where it factorises a matrix on several threads, megabytes, more
 * than Java's threads have, and the process would end.
 */
public final class LargeStack {
    private static final long BYTES = 64L << 20;
    private static final ExecutorService WORKER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(null, task, "large-stack", BYTES);
        thread.setDaemon(true);
        return thread;
    });

    private LargeStack() {}

    /**
     * Waits for a computation in that thread.
     *
     * @return its result, kept for the caller's scope
     */
    public static <T extends Pointer> T compute(Supplier<T> computation) {
        Pass pass = Pass.current();
        try (Scope scope = new Scope()) {
            return scope.keep(WORKER.submit(() -> {
                NativeRuntime.prepareThread();
                return pass.run(computation);
            }).get());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a computation", interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException wrong ? wrong : new IllegalStateException(failed.getCause());
        }
    }
}
