package io.personalive.animation.stream;

import io.personalive.animation.motion.MotionFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The performance, continued by its reflection with period 2(n - 1). */
final class Mirror {
    private final Iterator<MotionFrame> motion;
    private final int reach;
    private final List<MotionFrame> recent = new ArrayList<>();
    private int read;
    private boolean ended;

    /** @param reach how many frames before the end may be asked for again */
    Mirror(Iterator<MotionFrame> motion, int reach) {
        this.motion = motion;
        this.reach = reach;
    }

    /** Frames of the performance, or -1 while its end is not known. */
    int length() {
        return ended ? read : -1;
    }

    /** @return frames {@code from} to {@code from + count}; none where the performance has none at all */
    List<MotionFrame> frames(int from, int count) {
        while (!ended && read < from + count) {
            if (motion.hasNext()) {
                recent.add(motion.next());
                read++;
            } else {
                ended = true;
            }
        }
        List<MotionFrame> frames = new ArrayList<>();
        for (int i = 0; i < count && read > 0; i++) {
            frames.add(recent.get(reflect(from + i) - (read - recent.size())));
        }
        if (recent.size() > 2 * reach) {
            recent.subList(0, recent.size() - reach).clear();
        }
        return frames;
    }

    private int reflect(int frame) {
        if (frame < read) {
            return frame;
        }
        int period = Math.max(1, 2 * (read - 1));
        int phase = frame % period;
        return phase < read ? phase : period - phase;
    }
}
