package io.personalive.training.data;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.portrait.Frames;
import io.personalive.media.image.Resize;
import io.personalive.networks.landmark.FaceReading;
import io.personalive.networks.landmark.LandmarkNetwork;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.Turn;
import io.personalive.torch.weights.Weights;
import java.awt.image.BufferedImage;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Measures a face in every picture by itself, with the landmark network that is part of the program: landmarks, head
 * pose, expression. Any threads may use one, each with one thread of the processor: the numbers don't depend on how many
 * there are.
 */
public final class FaceMeasure implements AutoCloseable {
    private static final String MODEL = "nano";
    /** Pictures are read at this size, pixels; the network halves what it looks at whole. */
    private static final int SIDE = 256;
    /** What is further off, the mean distance of rigid landmarks from the posed mean face in head units, is no face. */
    private static final double MOST_RESIDUAL = 0.15;
    /** So many of the landmarks may lie outside the picture. */
    private static final double MOST_OUTSIDE = 0.1;

    private final Weights.Loaded<LandmarkNetwork> network;
    private final Device device;

    private FaceMeasure(Weights.Loaded<LandmarkNetwork> network, Device device) {
        this.network = network;
        this.device = device;
    }

    /** Loads the network. */
    public static FaceMeasure load(Device device) {
        if (!(ModelSource.parse(MODEL) instanceof MovedPortraitSource source)) {
            throw new IllegalStateException("the embedded model " + MODEL + " reads no landmarks");
        }
        return new FaceMeasure(Weights.build(source.file(MovedPortraitSource.LANDMARKS), device, ScalarType.Float,
                at -> new LandmarkNetwork(at, source.landmarks())), device);
    }

    /**
     * @param picture square, a face framed as in a video call
     * @return in pixels of the picture; not valid where what was found is no face
     */
    public FaceLabels measure(BufferedImage picture) {
        int side = picture.getWidth();
        try (Turn turn = Turn.ofOneThread(device); Scope scope = new Scope()) {
            return Scope.withoutGradient(() -> {
                Tensor signed = Tensors.to(Frames.toSigned(List.of(Resize.toSquare(picture, SIDE))), device, ScalarType.Float);
                FaceReading coarse = FaceReading.of(network.network(), signed, network.network().find(signed));
                return labels(FaceReading.of(network.network(), signed, coarse.squares()), side / 2f);
            });
        }
    }

    /** @param half pixels of half a picture */
    private static FaceLabels labels(FaceReading reading, float half) {
        float[] points = Tensors.floats(reading.points());
        HeadPose head = reading.pose();
        float[] place = Tensors.floats(head.translation());
        boolean valid = residual(points, Tensors.floats(head.posed(MeanFace.points().to(reading.points().device(), ScalarType.Float).unsqueeze(0))),
                number(head.scale())) <= MOST_RESIDUAL && outside(points) <= MOST_OUTSIDE;
        float[] pixels = new float[points.length];
        for (int i = 0; i < points.length; i++) {
            pixels[i] = (points[i] + 1) * half;
        }
        float[] pose = {number(head.pitch()), number(head.yaw()), number(head.roll()), (place[0] + 1) * half, (place[1] + 1) * half,
            number(head.scale()) * half};
        return new FaceLabels(pixels, pose, ExpressionMeasure.of(Tensors.floats(reading.canonical())), valid);
    }

    private static float number(Tensor single) {
        return Tensors.floats(single)[0];
    }

    /** @param points (129 * 2). @param posed (129 * 3), the mean face in the same pose */
    private static double residual(float[] points, float[] posed, float scale) {
        double sum = 0;
        long[] rigid = MeanFace.rigid();
        for (long point : rigid) {
            int i = (int) point;
            sum += Math.hypot(points[2 * i] - posed[3 * i], points[2 * i + 1] - posed[3 * i + 1]);
        }
        return sum / rigid.length / scale;
    }

    /** The part of the landmarks that lies outside the picture. */
    private static double outside(float[] points) {
        int outside = 0;
        for (int i = 0; i < points.length; i += 2) {
            outside += Math.abs(points[i]) > 1 || Math.abs(points[i + 1]) > 1 ? 1 : 0;
        }
        return outside / (double) FaceLabels.POINTS;
    }

    @Override
    public void close() {
        network.close();
    }
}
