package io.personalive.networks.warp;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What a warp is led by besides a face's landmarks: points above the forehead that turn with the head, and a still border. */
public final class ControlPoints {
    private static final int BORDER_STEPS = 6;
    /** The oval's upper points, pushed out from the face's middle, and back, in head units. */
    private static final double OUT = 1.7, ASIDE = 1.15, BACK = 0.6;

    private ControlPoints() {}

    /**
     * @param canonical (b, 129, 3), a face in the head frame
     * @return (b, 129 + k, 3), with k points of the head above and beside it
     */
    public static Tensor withHead(Tensor canonical) {
        try (Scope scope = new Scope()) {
            long[] upper = upperOval();
            Tensor middle = canonical.mean(1).unsqueeze(1);
            Tensor chosen = Tensors.of(upper, upper.length).to(canonical.device(),
                    org.bytedeco.pytorch.global.torch.ScalarType.Long);
            Tensor oval = canonical.index_select(1, chosen);
            Tensor apart = oval.sub(middle);
            Tensor x = middle.narrow(2, 0, 1).add(apart.narrow(2, 0, 1).mul(new Scalar(ASIDE)));
            Tensor y = middle.narrow(2, 1, 1).add(apart.narrow(2, 1, 1).mul(new Scalar(OUT)));
            Tensor z = oval.narrow(2, 2, 1).add(new Scalar(BACK));
            return scope.keep(Tensors.cat(1, canonical, Tensors.cat(2, x, y, z)));
        }
    }

    /**
     * @param points (b, n, 2), in half pictures
     * @return (b, n + 24, 2), with points all around the picture's border
     */
    public static Tensor withBorder(Tensor points) {
        try (Scope scope = new Scope()) {
            Tensor border = border().to(points.device(), points.scalar_type()).unsqueeze(0);
            return scope.keep(Tensors.cat(1, points, border.expand(points.size(0), border.size(1), 2)));
        }
    }

    /** The oval's points that lie above the mean face's middle. */
    private static long[] upperOval() {
        float[] points = Tensors.floats(MeanFace.points());
        double sum = 0;
        for (int i = 0; i < MeanFace.POINTS; i++) {
            sum += points[3 * i + 1];
        }
        double middle = sum / MeanFace.POINTS;
        return LongStream.of(MeanFace.group("oval")).filter(i -> points[Math.toIntExact(3 * i + 1)] < middle).toArray();
    }

    private static Tensor border() {
        List<Float> values = new ArrayList<>();
        for (int i = 0; i <= BORDER_STEPS; i++) {
            for (int j = 0; j <= BORDER_STEPS; j++) {
                if (i % BORDER_STEPS == 0 || j % BORDER_STEPS == 0) {
                    values.add(2f * i / BORDER_STEPS - 1);
                    values.add(2f * j / BORDER_STEPS - 1);
                }
            }
        }
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return Tensors.of(array, array.length / 2, 2);
    }
}
