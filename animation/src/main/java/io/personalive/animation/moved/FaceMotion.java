package io.personalive.animation.moved;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.networks.landmark.FaceReading;
import io.personalive.networks.landmark.LidsAndLips;
import io.personalive.networks.landmark.RestFace;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * One face in numbers: where it is, and its landmarks in the head frame.
 *
 * @param canonical (129 * 3), in the head frame
 * @param pitch     degrees, positive looks down
 * @param yaw       degrees, positive turns to the picture's right
 * @param roll      degrees, positive is clockwise in the picture
 * @param x         of the head's origin, in half pictures
 * @param y         of the head's origin, in half pictures
 * @param scale     half pictures a head unit
 */
record FaceMotion(float[] canonical, float pitch, float yaw, float roll, float x, float y, float scale) {
    /** Motion tokens: the offset of each landmark from the face at rest, and how far eyes and mouth are open. */
    static final int TOKENS = MeanFace.POINTS + 1, TOKEN_WIDTH = 3;
    private static final int POSE = 6;

    /** @param frame number of a face that was read */
    static FaceMotion of(FaceReading reading, int frame) {
        try (Scope scope = new Scope()) {
            HeadPose pose = reading.pose();
            float[] place = Tensors.floats(pose.translation().select(0, frame));
            return new FaceMotion(Tensors.floats(reading.canonical().select(0, frame)), at(pose.pitch(), frame),
                    at(pose.yaw(), frame), at(pose.roll(), frame), place[0], place[1], at(pose.scale(), frame));
        }
    }

    private static float at(Tensor values, int frame) {
        return values.select(0, frame).item_float();
    }

    /** @return all numbers: the landmarks, three angles, x, y, the logarithm of the scale */
    float[] numbers() {
        float[] all = Arrays.copyOf(canonical, canonical.length + POSE);
        float[] pose = {pitch, yaw, roll, x, y, (float) Math.log(scale)};
        System.arraycopy(pose, 0, all, canonical.length, POSE);
        return all;
    }

    /** @param all as {@link #numbers} gives them */
    static FaceMotion of(float[] all) {
        int at = all.length - POSE;
        return new FaceMotion(Arrays.copyOf(all, at), all[at], all[at + 1], all[at + 2], all[at + 3], all[at + 4],
                (float) Math.exp(all[at + 5]));
    }

    /** @return (129 * 3), this face at rest */
    float[] rest(RestFace shapes) {
        try (Scope scope = new Scope()) {
            return Tensors.floats(shapes.of(Tensors.of(canonical, 1, MeanFace.POINTS, 3)));
        }
    }

    /**
     * What the model takes of it: no face shape, and the head's place against that of the first frame. The third number
     * of the translation is the logarithm of how much larger the head is than at first.
     *
     * @param rest  (129 * 3), the same person's face at rest
     * @param first the same person in the first frame
     */
    MotionFrame relativeTo(float[] rest, FaceMotion first) {
        float[] tokens = new float[TOKENS * TOKEN_WIDTH];
        for (int i = 0; i < canonical.length; i++) {
            tokens[i] = canonical[i] - rest[i];
        }
        System.arraycopy(LidsAndLips.openings(canonical, rest), 0, tokens, canonical.length, LidsAndLips.OPENINGS);
        // angles count as in HeadMotion, whose yaw is positive to the other side
        return new MotionFrame(tokens, pitch, -yaw, roll,
                new float[] {x - first.x, y - first.y, (float) Math.log(scale / first.scale)});
    }

    /**
     * This person's face as a driving frame has it.
     *
     * @param rest (129 * 3), this person's face at rest
     */
    FaceMotion driven(MotionFrame driving, float[] rest) {
        float[] face = new float[rest.length];
        for (int i = 0; i < face.length; i++) {
            face[i] = rest[i] + driving.tokens()[i];
        }
        LidsAndLips.set(face, rest, Arrays.copyOfRange(driving.tokens(), face.length, driving.tokens().length));
        float[] moved = driving.translation();
        return new FaceMotion(face, driving.pitch(), -driving.yaw(), driving.roll(), x + moved[0], y + moved[1],
                scale * (float) Math.exp(moved[2]));
    }

    /** @return this face, its head turned as far as from the other's angles */
    FaceMotion turnedBackBy(FaceMotion other) {
        return new FaceMotion(canonical, pitch - other.pitch, yaw - other.yaw, roll - other.roll, x, y, scale);
    }

    /** @return (1, 129, 3), the landmarks in the head frame */
    Tensor face() {
        return Tensors.of(canonical, 1, MeanFace.POINTS, 3);
    }

    HeadPose pose() {
        return new HeadPose(one(pitch), one(yaw), one(roll), Tensors.of(new float[] {x, y}, 1, 2), one(scale));
    }

    private static Tensor one(float value) {
        return Tensors.of(new float[] {value}, 1);
    }
}
