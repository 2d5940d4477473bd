package io.personalive.animation.moved;

import io.personalive.networks.landmark.FaceReading;
import io.personalive.networks.landmark.FaceSimilarity;
import io.personalive.networks.landmark.LandmarkNetwork;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * Follows one face through a video. The whole picture is searched at first and every few frames, to notice a face that
 * was lost; in between, a face is looked for where it was. Steady where the face rests. Belongs to one thread.
 */
final class FaceReader {
    private static final int FRAMES_BETWEEN_SEARCHES = 8;
    /** Squares that lie apart by this part of their side, or differ as much in size, are of different faces. */
    private static final double APART = 0.35;

    private final LandmarkNetwork network;
    private final SteadyMotion steady = new SteadyMotion(0.25, noise());
    private float[] square;
    private long frames;

    FaceReader(LandmarkNetwork network) {
        this.network = network;
    }

    /** The deviation of numbers from frame to frame while a face rests, in compressed video. */
    private static double[] noise() {
        double[] noise = new double[3 * MeanFace.POINTS + 6];
        Arrays.fill(noise, 0.006);
        double[] pose = {0.2, 0.2, 0.15, 0.0015, 0.0015, 0.001};
        System.arraycopy(pose, 0, noise, noise.length - pose.length, pose.length);
        return noise;
    }

    /** @param picture (1, 3, s, s) in [-1, 1], the next frame */
    FaceMotion read(Tensor picture) {
        try (Scope scope = new Scope()) {
            FaceSimilarity look = followed();
            if (look == null || frames % FRAMES_BETWEEN_SEARCHES == 0) {
                FaceSimilarity found = FaceReading.of(network, picture, network.find(picture)).squares();
                if (look == null || apart(numbers(look), numbers(found))) {
                    look = found;
                    steady.restart();
                }
            }
            FaceReading reading = FaceReading.of(network, picture, look);
            square = numbers(reading.squares());
            frames++;
            return steadied(FaceMotion.of(reading, 0));
        }
    }

    private FaceSimilarity followed() {
        return square == null ? null : new FaceSimilarity(Tensors.of(Arrays.copyOfRange(square, 0, 2), 1, 2),
                Tensors.of(Arrays.copyOfRange(square, 2, 3), 1, 1), Tensors.of(Arrays.copyOfRange(square, 3, 5), 1, 2));
    }

    /** @return centre x and y, half of the side, cosine and sine of the roll */
    private static float[] numbers(FaceSimilarity squares) {
        try (Scope scope = new Scope()) {
            return Tensors.floats(Tensors.cat(1, squares.centre(), squares.half(), squares.roll()).select(0, 0));
        }
    }

    private static boolean apart(float[] square, float[] other) {
        double side = 2 * Math.max(square[2], other[2]);
        return Math.hypot(square[0] - other[0], square[1] - other[1]) > APART * side
                || Math.abs(Math.log(square[2] / other[2])) > APART;
    }

    private FaceMotion steadied(FaceMotion face) {
        float[] numbers = face.numbers();
        steady.steady(numbers);
        return FaceMotion.of(numbers);
    }
}
