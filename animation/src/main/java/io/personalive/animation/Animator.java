package io.personalive.animation;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.portrait.Frames;
import io.personalive.animation.stream.AnimationStream;
import io.personalive.animation.stream.Chunk;
import io.personalive.torch.Scope;
import io.personalive.torch.layers.Upsample;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A portrait that follows a driver, picture by picture. Belongs to one thread. */
public final class Animator implements AutoCloseable {
    private final AnimationStream stream;
    private final MotionReader driver;
    private final int frameSize;
    private final List<BufferedImage> waiting = new ArrayList<>();

    Animator(AnimationStream stream, MotionReader driver, int frameSize) {
        this.stream = stream;
        this.driver = driver;
        this.frameSize = frameSize;
    }

    /**
     * Takes the next driving picture. Every fourth gives four finished frames, which answer the pictures of three
     * micro-chunks before; the first twelve frames lead from the portrait's own pose to the driver's.
     *
     * @param picture the driver, framed as in a video call; resized to the model's square frame
     * @return finished frames in order, TYPE_3BYTE_BGR; none while a micro-chunk fills
     */
    public List<BufferedImage> push(BufferedImage picture) {
        waiting.add(picture);
        if (waiting.size() < stream.window().chunkFrames()) {
            return List.of();
        }
        List<MotionFrame> motion;
        try (Scope scope = new Scope()) {
            Tensor pictures = Frames.toSigned(waiting);
            boolean fits = pictures.size(2) == frameSize && pictures.size(3) == frameSize;
            motion = driver.read(fits ? pictures : Upsample.bilinear(pictures, frameSize, frameSize));
        }
        waiting.clear();
        try (Chunk chunk = stream.push(motion)) {
            return chunk.frames();
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
