package io.personalive.animation.stream;

import io.personalive.animation.motion.MotionFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Driving motion for tests. */
final class Motions {
    private Motions() {}

    /** A frame of motion that is told apart by its pitch. */
    static MotionFrame numbered(int number) {
        return new MotionFrame(new float[32 * 16], number, 0, 0, new float[3]);
    }

    /** Frames with random expressions and small head movements, the same for the same seed. */
    static List<MotionFrame> random(long seed, int count) {
        Random random = new Random(seed);
        List<MotionFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] tokens = new float[32 * 16];
            for (int j = 0; j < tokens.length; j++) {
                tokens[j] = (float) random.nextGaussian();
            }
            float[] moved = {random.nextFloat() / 10, random.nextFloat() / 10, 0};
            frames.add(new MotionFrame(tokens, 20 * random.nextFloat(), 20 * random.nextFloat(), 20 * random.nextFloat(), moved));
        }
        return frames;
    }
}
