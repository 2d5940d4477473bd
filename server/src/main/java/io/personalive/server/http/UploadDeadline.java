package io.personalive.server.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Gives up on requests whose body drips in: each one that is being read holds a thread. */
public final class UploadDeadline extends Handler.Wrapper {
    private final Duration most;

    /** @param most time that a body may take */
    public UploadDeadline(Duration most) {
        this.most = most;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request.getLength() == 0 ? request : new Timed(request), response, callback);
    }

    /** A request whose reading fails once its time is over. */
    private final class Timed extends Request.Wrapper {
        private final AtomicReference<Runnable> reader = new AtomicReference<>();
        private final Scheduler.Task deadline;
        private volatile boolean late;

        Timed(Request request) {
            super(request);
            deadline = getServer().getScheduler().schedule(this::giveUp, most.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void giveUp() {
            late = true;
            wake();
        }

        @Override
        public Content.Chunk read() {
            if (late) {
                return Content.Chunk.from(new HttpException.RuntimeException(408, "the body took longer than " + most.toSeconds() + " s"));
            }
            Content.Chunk chunk = super.read();
            if (chunk != null && chunk.isLast()) {
                deadline.cancel();
            }
            return chunk;
        }

        @Override
        public void demand(Runnable available) {
            reader.set(available);
            super.demand(this::wake);
        }

        /** Wakes who waits for more, once: either because it came or because time is over. */
        private void wake() {
            Runnable waiting = reader.getAndSet(null);
            if (waiting != null) {
                waiting.run();
            }
        }
    }
}
