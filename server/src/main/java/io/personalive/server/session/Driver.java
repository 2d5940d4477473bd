package io.personalive.server.session;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;

/**
 * Where a session's driving pictures come from: a socket, a WebRTC track. One at a time drives, whoever came last; the
 * one before is told, and its pictures aren't wanted any more.
 */
public final class Driver implements AutoCloseable {
    private final Session session;
    private final Runnable replaced;
    private final EvenRate rate = new EvenRate();

    Driver(Session session, Runnable replaced) {
        this.session = session;
        this.replaced = replaced;
    }

    /** Tells its owner that another drives now. */
    void replace() {
        replaced.run();
    }

    /**
     * Takes a driving picture, or leaves it out where more come than are used; never waits.
     *
     * @param nanoseconds its time on the driver's clock, which its answer will carry
     * @param picture     decodes it; asked only if it is wanted. Any size, TYPE_3BYTE_BGR, not to be changed afterwards
     * @return whether pictures are still wanted from here
     * @throws RuntimeException what decoding throws
     */
    public boolean push(long nanoseconds, Supplier<BufferedImage> picture) {
        if (!session.isDrivenBy(this)) {
            return false;
        }
        return !rate.admits(System.nanoTime(), session.settings().drivingRate()) || session.drive(nanoseconds, picture.get());
    }

    /** Gives the place free. */
    @Override
    public void close() {
        session.leave(this);
    }
}
