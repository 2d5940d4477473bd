package io.personalive.animation;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.portrait.Frames;
import io.personalive.animation.stream.AnimationStream;
import io.personalive.animation.stream.Chunk;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
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
     * Takes the next driving picture. The last of each micro-chunk gives as many finished frames, which answer the
     * pictures of {@link io.personalive.animation.schedule.WindowShape#chunks()} - 1 micro-chunks before; the frames until
     * then lead from the portrait's own pose to the driver's. A push that fails changes nothing: its picture isn't
     * taken, and the next good one goes on.
     *
     * @param picture the driver, framed as in a video call; of any size and type, each resized to the model's square
     *                frame. It is copied: the caller may draw the next one over it
     * @return finished frames in order, TYPE_3BYTE_BGR; none while a micro-chunk fills
     */
    public List<BufferedImage> push(BufferedImage picture) {
        if (picture == null) {
            throw new IllegalArgumentException("the driving picture is null");
        }
        BufferedImage copy = Frames.copy(picture);
        if (waiting.size() + 1 < stream.window().chunkFrames()) {
            waiting.add(copy);
            return List.of();
        }
        List<BufferedImage> pictures = new ArrayList<>(waiting);
        pictures.add(copy);
        MotionReader.Memory before = driver.memory();
        Chunk finished;
        try {
            finished = stream.push(read(pictures));
        } catch (RuntimeException | Error failed) {
            driver.recall(before);
            throw failed;
        }
        waiting.clear();
        try (finished) {
            return finished.frames();
        }
    }

    private List<MotionFrame> read(List<BufferedImage> pictures) {
        try (Scope scope = new Scope()) {
            return driver.read(Tensors.cat(0, pictures.stream().map(this::atFrameSize).toList()));
        }
    }

    /** @return (1, 3, frame size, frame size) in [-1, 1] */
    private Tensor atFrameSize(BufferedImage picture) {
        Tensor signed = Frames.toSigned(List.of(picture));
        boolean fits = picture.getWidth() == frameSize && picture.getHeight() == frameSize;
        return fits ? signed : Upsample.bilinear(signed, frameSize, frameSize);
    }

    @Override
    public void close() {
        stream.close();
    }
}
