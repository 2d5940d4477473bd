package io.personalive.server.session;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.live.Avatar;
import io.personalive.media.image.Bgr;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;

/**
 * Runs a model before the first person comes, so that nobody waits for what is only slow once, and measures on the way
 * what a session takes.
 *
 * @param framesPerSecond that one session alone computes
 * @param sessionBytes    of the process's memory that a session takes; 0 where the system doesn't tell
 */
record Warmup(double framesPerSecond, long sessionBytes) {
    private static final long MEASURED_NANOSECONDS = 2_000_000_000L;
    private static final int MOST_STEPS = 8;

    static Warmup of(LiveModel model) {
        BufferedImage grey = grey(model.frameSize());
        long before = ProcessMemory.resident();
        try (Avatar avatar = model.avatar(grey)) {
            int chunk = avatar.window().chunkFrames();
            List<BufferedImage> pictures = Collections.nCopies(chunk, grey);
            step(avatar, pictures);
            long begun = System.nanoTime();
            long taken = 0;
            int steps = 0;
            while (steps < MOST_STEPS && taken < MEASURED_NANOSECONDS) {
                step(avatar, pictures);
                steps++;
                taken = System.nanoTime() - begun;
            }
            return new Warmup(steps * chunk * 1e9 / Math.max(1, taken), Math.max(0, ProcessMemory.resident() - before));
        }
    }

    private static void step(Avatar avatar, List<BufferedImage> pictures) {
        List<MotionFrame> motion = avatar.sight().read(pictures);
        avatar.push(motion, true);
    }

    private static BufferedImage grey(int side) {
        BufferedImage picture = Bgr.blank(side, side);
        java.util.Arrays.fill(Bgr.bytes(picture), (byte) 128);
        return picture;
    }
}
