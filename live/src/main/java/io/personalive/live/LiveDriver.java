package io.personalive.live;

import io.personalive.media.video.PictureStream;
import io.personalive.media.video.TimedPicture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Feeds a session with the pictures of a camera, a server or a file that is played, in a thread of its own. */
public final class LiveDriver implements AutoCloseable {
    private final PictureStream pictures;
    private final LiveSession session;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::drive, "live-drive");
    private volatile Throwable failure;

    /**
     * Begins at once.
     *
     * @param pictures closed with this
     * @param session  closed after this
     */
    public LiveDriver(PictureStream pictures, LiveSession session) {
        this.pictures = pictures;
        this.session = session;
        thread.setDaemon(true);
        thread.start();
    }

    private void drive() {
        try {
            TimedPicture next = pictures.next();
            while (next != null && session.push(next.picture(), next.nanoseconds())) {
                next = pictures.next();
            }
        } catch (RuntimeException | Error failed) {
            failure = failed;
        } finally {
            ended.countDown();
        }
    }

    /** @return whether pictures have ended, after waiting so long at most for that */
    public boolean awaitEnd(long milliseconds) {
        try {
            return ended.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Throws what ended the pictures, or the session, before their end. */
    public void rethrow() {
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException wrong) {
            throw wrong;
        }
    }

    /** Takes no more pictures. */
    @Override
    public void close() {
        pictures.stop();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        pictures.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
