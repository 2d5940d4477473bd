package io.personalive.networks.warp;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Upsample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A backward flow: for every place of the result, where in the portrait it comes from.
 *
 * @param places (b, 2, g, g), x then y, in half pictures, at the middles of g x g cells
 */
public record Flow(Tensor places) {
    private static final long BILINEAR = 0, REPEAT_BORDER = 1;

    /**
     * The smoothest flow between control points.
     *
     * @param source (b, n, 2), control points in the portrait, in half pictures
     * @param target (b, n, 2), where they are in the result
     * @param side   cells of the flow along a side; 32 are enough for any size of picture
     * @param limit  takes out folds; null leaves them in
     */
    public static Flow between(Tensor source, Tensor target, long side, JacobianLimit limit) {
        try (Scope scope = new Scope()) {
            Tensor cells = cells(side).to(target.device(), target.scalar_type());
            Tensor mapped = ThinPlateSpline.map(target, source, cells.flatten(0, 1));
            Tensor places = mapped.unflatten(1, side, side).permute(0, 3, 1, 2);
            if (limit != null) {
                Tensor identity = cells.permute(2, 0, 1).unsqueeze(0);
                places = limit.apply(places.sub(identity)).add(identity);
            }
            return new Flow(scope.keep(places.contiguous()));
        }
    }

    /**
     * The same flow, finer, and led exactly through a face's landmarks: a smooth flow opens and shuts no eyes. What that
     * changes is spread linearly between landmarks, and ends at the face's oval. No gradient flows through the change.
     *
     * @param source (b, 129, 2), the landmarks in the portrait, in half pictures
     * @param target (b, 129, 2), where they are in the result
     * @param fine   cells of the new flow along a side: as many as pixels, for lids
     */
    public Flow through(Tensor source, Tensor target, long fine) {
        try (Scope scope = new Scope()) {
            int batch = Math.toIntExact(places.size(0)), side = Math.toIntExact(fine);
            Tensor reached = torch.grid_sampler(places, target.unsqueeze(1), BILINEAR, REPEAT_BORDER, false).select(2, 0).transpose(1, 2);
            float[] missed = Tensors.floats(source.sub(reached)), points = Tensors.floats(target);
            List<Tensor> changes = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                float[] change = new float[2 * side * side];
                int at = 2 * MeanFace.POINTS * i;
                FaceMesh.spread(Arrays.copyOfRange(points, at, at + 2 * MeanFace.POINTS),
                        withoutOval(Arrays.copyOfRange(missed, at, at + 2 * MeanFace.POINTS)), side, change);
                changes.add(Tensors.of(change, 1, 2, side, side));
            }
            Tensor change = Tensors.cat(0, changes).to(places.device(), places.scalar_type());
            return new Flow(scope.keep(Upsample.bilinear(places, side, side).add(change)));
        }
    }

    private static float[] withoutOval(float[] values) {
        for (long point : MeanFace.group("oval")) {
            values[Math.toIntExact(2 * point)] = 0;
            values[Math.toIntExact(2 * point + 1)] = 0;
        }
        return values;
    }

    /**
     * @param images (b, c, h, w), portraits, or their features
     * @return (b, c, h, w), moved; what comes from outside repeats the border
     */
    public Tensor sample(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor grid = Upsample.bilinear(places, images.size(2), images.size(3)).permute(0, 2, 3, 1);
            return scope.keep(torch.grid_sampler(images, grid, BILINEAR, REPEAT_BORDER, false));
        }
    }

    /**
     * How far the moved portrait can be trusted.
     *
     * @return (b, 2, h, w) in [0, 1]: how much of the portrait's area each place got (1 its own size or more, 0 stretched
     *     without end, or folded); whether it came from inside the portrait
     */
    public Tensor validity(long height, long width) {
        try (Scope scope = new Scope()) {
            long side = places.size(2);
            double step = 4.0 / side; // two cells of 2 / side
            Tensor dx = slope(3).div(new Scalar(step)), dy = slope(2).div(new Scalar(step));
            Tensor area = dx.narrow(1, 0, 1).mul(dy.narrow(1, 1, 1)).sub(dx.narrow(1, 1, 1).mul(dy.narrow(1, 0, 1)))
                    .clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1)));
            Tensor furthest = torch.maximum(places.narrow(1, 0, 1).abs(), places.narrow(1, 1, 1).abs());
            Tensor inside = Tensors.to(furthest.le(new Scalar(1)), places.scalar_type());
            return scope.keep(Upsample.bilinear(Tensors.cat(1, area, inside), height, width));
        }
    }

    /** Central differences, over two cells; the rim repeats its neighbour's. */
    private Tensor slope(long dimension) {
        long side = places.size(dimension);
        Tensor inner = places.narrow(dimension, 2, side - 2).sub(places.narrow(dimension, 0, side - 2));
        return Tensors.cat(dimension, inner.narrow(dimension, 0, 1), inner, inner.narrow(dimension, side - 3, 1));
    }

    /** @return (g, g, 2), the middles of g x g cells, x then y, in half pictures */
    public static Tensor cells(long side) {
        int n = Math.toIntExact(side);
        float[] values = new float[2 * n * n];
        for (int i = 0; i < n * n; i++) {
            values[2 * i] = (2 * (i % n) + 1f) / n - 1;
            values[2 * i + 1] = (2 * (i / n) + 1f) / n - 1;
        }
        return Tensors.of(values, n, n, 2);
    }
}
