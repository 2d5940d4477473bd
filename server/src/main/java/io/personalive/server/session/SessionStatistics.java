package io.personalive.server.session;

import io.personalive.live.Avatar;

/** Counts for all sessions together what goes on in them. Any thread calls it. */
public interface SessionStatistics {
    /** Parts of the work that are timed. */
    enum Stage { PORTRAIT, MOTION, ANIMATION }

    /** Counts nothing. */
    SessionStatistics NONE = new SessionStatistics() {
        @Override
        public void delivered(double latencySeconds) {
            // not counted
        }

        @Override
        public void took(Stage stage, long nanoseconds) {
            // not counted
        }

        @Override
        public void refused() {
            // not counted
        }

        @Override
        public void driven(long came, long dropped) {
            // not counted
        }

        @Override
        public void ended(SessionEnd reason) {
            // not counted
        }
    };

    /** A finished frame. */
    void delivered(double latencySeconds);

    void took(Stage stage, long nanoseconds);

    /** Somebody was told that all is taken. */
    void refused();

    /** So many driving frames came; so many were left out. */
    void driven(long came, long dropped);

    void ended(SessionEnd reason);

    /** An avatar whose steps are timed. */
    default Avatar timed(Avatar avatar) {
        return new TimedAvatar(avatar, this);
    }
}
