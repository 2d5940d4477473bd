package io.personalive.animation.motion;

import io.personalive.animation.model.MotionNetworks;
import io.personalive.networks.motion.HeadMotion;
import io.personalive.networks.pose.FaceBox;
import io.personalive.networks.pose.FaceBoxes;
import io.personalive.networks.pose.FaceCrop;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.Turn;
import io.personalive.torch.layers.Upsample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Reads one driver's frames, in order, into motion: head pose from the whole frame, expression from the face in it.
 * Remembers where the head was in the first frame and the last good face box. Belongs to one thread.
 */
public final class MotionReader {
    private final MotionNetworks networks;
    private float[] firstTranslation;
    private FaceBox lastBox;

    /** What was remembered at some time, to go back to. */
    public record Memory(float[] firstTranslation, FaceBox lastBox) {}

    /** @param firstBox where the face is thought to be until one is found, such as the portrait's; in pixels of a frame */
    public MotionReader(MotionNetworks networks, FaceBox firstBox) {
        this.networks = networks;
        this.lastBox = firstBox;
    }

    /**
     * @param frames (f, 3, s, s) in [-1, 1], float32
     * @return f frames of motion; where reading fails, nothing of these frames is remembered
     */
    public List<MotionFrame> read(Tensor frames) {
        Memory before = memory();
        try (Turn turn = Turn.on(networks.device()); Lifetime.Use inUse = networks.use()) {
            return Scope.withoutGradient(() -> readInTurn(frames));
        } catch (RuntimeException | Error failed) {
            recall(before);
            throw failed;
        }
    }

    /** What is remembered of the frames so far. */
    public Memory memory() {
        return new Memory(firstTranslation, lastBox);
    }

    /** Forgets all frames that were read since. */
    public void recall(Memory memory) {
        firstTranslation = memory.firstTranslation();
        lastBox = memory.lastBox();
    }

    private List<MotionFrame> readInTurn(Tensor frames) {
        try (Scope scope = new Scope()) {
            Tensor pictures = networks.onDevice(frames);
            HeadMotion head = networks.extractor().forward(extractorInput(pictures));
            float[] pitch = Tensors.floats(head.pitch());
            float[] yaw = Tensors.floats(head.yaw());
            float[] roll = Tensors.floats(head.roll());
            float[] translation = Tensors.floats(head.translation());
            float[] tokens = Tensors.floats(networks.encoder().forward(networks.inPrecision(faces(pictures, head))));
            if (firstTranslation == null) {
                firstTranslation = Arrays.copyOf(translation, 3);
            }
            List<MotionFrame> motion = new ArrayList<>();
            int width = tokens.length / Math.max(1, pitch.length);
            for (int i = 0; i < pitch.length; i++) {
                float[] moved = new float[3];
                for (int axis = 0; axis < 3; axis++) {
                    moved[axis] = translation[3 * i + axis] - firstTranslation[axis];
                }
                motion.add(new MotionFrame(Arrays.copyOfRange(tokens, i * width, (i + 1) * width),
                        pitch[i], yaw[i], roll[i], moved));
            }
            return motion;
        }
    }

    /** @return the pictures (f, 3, s, s) in [-1, 1] at the motion extractor's size, in [0, 1] */
    private Tensor extractorInput(Tensor pictures) {
        try (Scope scope = new Scope()) {
            int size = networks.config().motionExtractor().imageSize();
            Tensor small = Upsample.bilinear(pictures, size, size);
            return scope.keep(small.mul(new Scalar(0.5)).add(new Scalar(0.5)));
        }
    }

    /** @return (f, 3, s, s), the face of each frame */
    private Tensor faces(Tensor pictures, HeadMotion head) {
        List<FaceBox> found = FaceBoxes.of(head.posed(), (int) pictures.size(3), networks.config().keypointPicture().keypoints());
        return FaceCrop.cutEach(pictures, follow(found), networks.config().motionEncoder().imageSize());
    }

    /** @return the boxes, each empty one replaced by the last good one before it */
    List<FaceBox> follow(List<FaceBox> found) {
        List<FaceBox> boxes = new ArrayList<>();
        for (FaceBox box : found) {
            lastBox = box.isEmpty() ? lastBox : box;
            boxes.add(lastBox);
        }
        return boxes;
    }
}
