package io.personalive.server.session;

import io.personalive.live.AnimatedFrame;
import io.personalive.live.FrameSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands finished frames to everyone who watches. One that fails is let go; the others don't notice. */
final class Viewers implements FrameSink {
    private static final Logger LOG = LoggerFactory.getLogger(Viewers.class);

    private final List<FrameSink> viewers = new CopyOnWriteArrayList<>();

    /** @return false if there are as many already as may be */
    synchronized boolean add(FrameSink viewer, int most) {
        return viewers.size() < most && viewers.add(viewer);
    }

    void remove(FrameSink viewer) {
        viewers.remove(viewer);
    }

    int count() {
        return viewers.size();
    }

    @Override
    public void accept(AnimatedFrame frame) {
        for (FrameSink viewer : viewers) {
            try {
                viewer.accept(frame);
            } catch (RuntimeException failed) {
                viewers.remove(viewer);
                LOG.atWarn().setCause(failed).log("a viewer failed and is let go");
            }
        }
    }
}
