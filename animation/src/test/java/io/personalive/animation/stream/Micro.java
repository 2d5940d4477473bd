package io.personalive.animation.stream;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.testing.SmallModel;
import io.personalive.torch.ComputeThreads;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Tensors;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A tiny model, and portraits of nobody. */
final class Micro {
    private static final int THREADS = ComputeThreads.count();

    private Micro() {}

    /** On one thread: the tensors are so small that several would mostly wait for one another. */
    static AnimationModel load() {
        ComputeThreads.choose(1);
        return AnimationModel.load(SmallModel.synthetic(""), Device.CPU, Precision.FLOAT32, false);
    }

    static void close(AnimationModel model, Portrait portrait) {
        portrait.close();
        model.close();
        ComputeThreads.choose(THREADS);
    }

    /** A picture of coloured noise. */
    static BufferedImage picture(long seed) {
        BufferedImage image = new BufferedImage(160, 128, BufferedImage.TYPE_3BYTE_BGR);
        byte[] bytes = new byte[3 * 160 * 128];
        new Random(seed).nextBytes(bytes);
        image.getRaster().setDataElements(0, 0, 160, 128, bytes);
        return image;
    }

    /** Pushes one micro-chunk; gives its latents. */
    static float[] push(AnimationStream stream, List<MotionFrame> motion) {
        try (Chunk chunk = stream.push(motion)) {
            return Tensors.floats(chunk.latents());
        }
    }

    /** Pushes micro-chunks one after the other; gives their latents. */
    static List<float[]> play(AnimationStream stream, List<MotionFrame> motion) {
        List<float[]> latents = new ArrayList<>();
        for (int from = 0; from < motion.size(); from += 4) {
            latents.add(push(stream, motion.subList(from, from + 4)));
        }
        return latents;
    }
}
