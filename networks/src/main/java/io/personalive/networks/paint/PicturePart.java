package io.personalive.networks.paint;

import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A square part of square pictures, that a painter works on alone.
 *
 * @param row    of its first pixel, a multiple of 4
 * @param column of its first pixel, a multiple of 4
 * @param side   pixels, a multiple of 16
 */
public record PicturePart(int row, int column, int side) {
    /** A part begins where the smallest of what a painter is told has a pixel too. */
    private static final int STEP = 4;
    private static final int SIDE_STEP = 16;
    private static final List<String> PAINTED = List.of("right_brow", "left_brow", "right_eye", "left_eye", "lips_outer");
    private static final int SMALLEST = 48;
    /** Pixels along its rim over which what is painted comes in. */
    private static final int RIM = 8;

    /**
     * @param x       of its middle, in half pictures
     * @param y       of its middle, in half pictures
     * @param side    pixels, a multiple of 16, at most that of the picture
     * @param picture side of the picture, pixels
     * @return so much of the picture around there; inside it
     */
    public static PicturePart around(double x, double y, int side, int picture) {
        return new PicturePart(begin(y, side, picture), begin(x, side, picture), side);
    }

    private static int begin(double middle, int side, int picture) {
        long begin = Math.round(((middle + 1) * picture - side) / 2 / STEP) * STEP;
        return (int) Math.max(0, Math.min(picture - side, begin));
    }

    /**
     * The part with brows, eyes and mouth.
     *
     * @param landmarks (129 * 2), x and y in half pictures
     * @param margin    how many times as large as those together
     * @param picture   side of the picture, pixels, a multiple of 16
     */
    public static PicturePart ofFace(float[] landmarks, double margin, int picture) {
        double[] least = {1, 1}, most = {-1, -1};
        for (String group : PAINTED) {
            for (long point : MeanFace.group(group)) {
                for (int axis = 0; axis < 2; axis++) {
                    double at = Math.max(-1, Math.min(1, landmarks[2 * (int) point + axis]));
                    least[axis] = Math.min(least[axis], at);
                    most[axis] = Math.max(most[axis], at);
                }
            }
        }
        double size = Math.max(most[0] - least[0], most[1] - least[1]) * margin * picture / 2;
        int side = Math.min(picture, Math.max(SMALLEST, (int) Math.ceil(size / SIDE_STEP) * SIDE_STEP));
        return around((least[0] + most[0]) / 2, (least[1] + most[1]) / 2, side, picture);
    }

    /**
     * @param pictures (b, c, h, w), or what is known of them at a part of their size
     * @param smaller  how many times smaller than the pictures: 1, 2 or 4
     * @return (b, c, side/smaller, side/smaller), a view
     */
    public Tensor of(Tensor pictures, int smaller) {
        return pictures.narrow(2, row / smaller, side / smaller).narrow(3, column / smaller, side / smaller);
    }

    /**
     * @param places  (b, 2, h, w), x then y, in half pictures
     * @param picture side of the picture, pixels
     * @return the same places, in halves of this part: from -1 to 1 inside it
     */
    public Tensor within(Tensor places, int picture) {
        try (Scope scope = new Scope()) {
            double larger = (double) picture / side;
            Tensor x = places.narrow(1, 0, 1).add(new Scalar(1 - (2.0 * column + side) / picture));
            Tensor y = places.narrow(1, 1, 1).add(new Scalar(1 - (2.0 * row + side) / picture));
            return scope.keep(Tensors.cat(1, x, y).mul(new Scalar(larger)));
        }
    }

    /**
     * @param pictures (b, c, h, w), changed in place
     * @param part     (b, c, side, side), which takes this part's place; the rim leads over to it
     */
    public void put(Tensor part, Tensor pictures) {
        try (Scope scope = new Scope()) {
            Tensor place = of(pictures, 1);
            place.add_(part.sub(place).mul(share().to(pictures.device(), pictures.scalar_type())));
        }
    }

    /** @return (side, side): 0 at the very edge, 1 from the rim on */
    private Tensor share() {
        float[] ramp = new float[side];
        for (int i = 0; i < side; i++) {
            ramp[i] = Math.min(1, (Math.min(i, side - 1 - i) + 0.5f) / RIM);
        }
        Tensor one = Tensors.of(ramp, side);
        return torch.outer(one, one);
    }
}
