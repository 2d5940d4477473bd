package io.personalive.training.stages;

import io.personalive.networks.pose.FaceBox;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * Changes the face crops that motion tokens are read from, and nothing else, so that tokens can't carry identity, colour
 * or framing.
 *
 * @param shift  of the box at most, in sides of it, either way
 * @param scale  of the box at most, as a part either way
 * @param colour contrast as a part either way, half as much of each channel by itself; brightness by half of it
 */
record FaceAugmentation(double shift, double scale, double colour) {
    static final FaceAugmentation NONE = new FaceAugmentation(0, 0, 0);

    /** One draw, for all driving frames of a sample. */
    record Drawn(double x, double y, double size, float[] contrast, float[] brightness) {
        /** @return the box moved and scaled, inside a picture of this side; as it was where nothing would be left */
        FaceBox place(FaceBox box, int side) {
            double width = box.x2() - box.x1(), height = box.y2() - box.y1();
            double middleX = (box.x1() + box.x2()) / 2.0 + x * width, middleY = (box.y1() + box.y2()) / 2.0 + y * height;
            FaceBox moved = new FaceBox(clamp(middleX - size * width / 2, side), clamp(middleY - size * height / 2, side),
                    clamp(middleX + size * width / 2, side), clamp(middleY + size * height / 2, side));
            return moved.isEmpty() ? box : moved;
        }

        private static int clamp(double coordinate, int side) {
            return (int) Math.max(0, Math.min(Math.rint(coordinate), side));
        }

        /** @param faces (f, 3, s, s) in [-1, 1]. @return the same shape */
        Tensor colours(Tensor faces) {
            try (Scope scope = new Scope()) {
                Tensor factor = Tensors.of(contrast, 1, 3, 1, 1).to(faces.device(), faces.scalar_type());
                Tensor more = Tensors.of(brightness, 1, 3, 1, 1).to(faces.device(), faces.scalar_type());
                return scope.keep(faces.mul(factor).add(more));
            }
        }
    }

    Drawn draw(SplittableRandom random) {
        float[] contrast = new float[3], brightness = new float[3];
        double all = either(random, colour);
        for (int channel = 0; channel < 3; channel++) {
            contrast[channel] = (float) (1 + all + either(random, colour / 2));
            brightness[channel] = (float) either(random, colour / 2);
        }
        return new Drawn(either(random, shift), either(random, shift), 1 + either(random, scale), contrast, brightness);
    }

    private static double either(SplittableRandom random, double most) {
        return (2 * random.nextDouble() - 1) * most;
    }
}
