package io.personalive.training.stages;

import io.personalive.animation.model.ModelConfig;
import io.personalive.animation.model.NetworkName;
import io.personalive.animation.model.NetworkType;
import io.personalive.animation.portrait.Frames;
import io.personalive.networks.motion.HeadMotion;
import io.personalive.networks.motion.MotionExtractor;
import io.personalive.networks.pose.KeypointPicture;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import io.personalive.training.data.Batch;
import io.personalive.training.recipe.Checks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Trains the motion extractor on labels: the head's angles, and keypoints that fall on facial landmarks when they are
 * posed. Which landmark each keypoint follows spreads over the whole face.
 */
final class MotionExtractorStage implements Stage, Objective {
    /**
     * What this stage can be told. Losses are mean absolute differences.
     *
     * @param angles    weight of the angles, in tens of degrees
     * @param keypoints weight of the posed keypoints, in half pictures
     * @param canonical weight of the keypoints before they are posed, against the mean face; it tells pose from shape
     */
    record Options(double angles, double keypoints, double canonical) {
        Options {
            Checks.within("angles", angles, 0, Double.MAX_VALUE);
            Checks.within("keypoints", keypoints, 0, Double.MAX_VALUE);
            Checks.within("canonical", canonical, 0, Double.MAX_VALUE);
        }

        static Options usual() {
            return new Options(1, 10, 0.3);
        }
    }

    private static final double ANGLE_UNIT = 10;
    private static final int POSE = 6, PITCH = 0, YAW = 1, ROLL = 2, SCALE = 5;

    private final StartModel start;
    private final ModelConfig config;
    private final Options options;
    private final Weights.Loaded<MotionExtractor> extractor;
    private final long[] landmarks;

    MotionExtractorStage(StartModel start, Options options) {
        this.start = start;
        this.options = options;
        config = start.config();
        extractor = start.trainable(NetworkType.MOTION_EXTRACTOR);
        landmarks = spread(config.motionExtractor().keypoints());
    }

    /** @return numbers of landmarks: the drawn keypoints get rigid ones, which don't move with expression */
    private long[] spread(int count) {
        long[] rigid = MeanFace.rigid(), chosen = new long[count];
        List<Integer> drawn = config.keypointPicture().keypoints();
        for (int i = 0; i < count; i++) {
            chosen[i] = (long) i * MeanFace.POINTS / count;
        }
        for (int i = 0; i < drawn.size(); i++) {
            chosen[drawn.get(i)] = rigid[i * rigid.length / drawn.size()];
        }
        return chosen;
    }

    @Override
    public int drivingFrames() {
        return 1;
    }

    @Override
    public List<Objective> objectives() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public Map<String, Weights.Loaded<?>> networks() {
        return Map.of(NetworkName.MOTION_EXTRACTOR.toString(), extractor);
    }

    @Override
    public List<String> parts() {
        return List.of("angles", "keypoints", "canonical");
    }

    @Override
    public Loss loss(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            HeadMotion found = extractor.network().forward(seen(batch));
            Tensor valid = onDevice(Tensors.to(Tensors.of(batch.valid(), batch.valid().length), ScalarType.Float));
            Tensor pose = onDevice(Tensors.of(batch.pose(), valid.size(0), POSE));
            Tensor angles = apart(found.pitch(), pose.select(1, PITCH)).add(apart(found.yaw(), pose.select(1, YAW).neg()))
                    .add(apart(found.roll(), pose.select(1, ROLL))).div(new Scalar(3 * ANGLE_UNIT));
            Tensor keypoints = found.posed().narrow(2, 0, 2).sub(wanted(batch)).abs().flatten(1, 2).mean(1);
            // in head units: the face's own shape is near the mean face
            Tensor size = found.scale().div(pose.select(1, SCALE).mul(new Scalar(2.0 / batch.side()))).reshape(-1, 1, 1);
            Tensor canonical = found.canonical().mul(size).sub(onDevice(meanFace())).abs().flatten(1, 2).mean(1);
            Tensor[] parts = {mean(angles, valid), mean(keypoints, valid), mean(canonical, valid)};
            Tensor total = parts[0].mul(new Scalar(options.angles())).add(parts[1].mul(new Scalar(options.keypoints())))
                    .add(parts[2].mul(new Scalar(options.canonical())));
            return new Loss(scope.keep(total), Map.of("angles", parts[0].item_double(), "keypoints", parts[1].item_double(),
                    "canonical", parts[2].item_double()));
        }
    }

    /** @return (n, 3, s, s) in [0, 1] */
    private Tensor seen(Batch batch) {
        Tensor signed = Pictures.of(batch, config.motionExtractor().imageSize(), start.device()).flatten(0, 1);
        return signed.mul(new Scalar(0.5)).add(new Scalar(0.5));
    }

    /** @return (n, k, 2), the landmarks that the keypoints follow, in half pictures from the middle */
    private Tensor wanted(Batch batch) {
        Tensor all = Tensors.of(batch.landmarks(), batch.valid().length, MeanFace.POINTS, 2);
        return onDevice(all.index_select(1, Tensors.of(landmarks, landmarks.length)).mul(new Scalar(2.0 / batch.side()))
                .sub(new Scalar(1.0)));
    }

    private Tensor meanFace() {
        return MeanFace.points().index_select(0, Tensors.of(landmarks, landmarks.length)).unsqueeze(0);
    }

    private static Tensor apart(Tensor found, Tensor wanted) {
        return found.sub(wanted).abs();
    }

    /** Over all frames, those whose labels can't be trusted giving nothing: so several processes' means have the mean of all. */
    private static Tensor mean(Tensor values, Tensor valid) {
        return values.mul(valid).mean();
    }

    private Tensor onDevice(Tensor tensor) {
        Device device = start.device();
        return Tensors.to(tensor, device, ScalarType.Float);
    }

    @Override
    public List<List<BufferedImage>> samples(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            int size = config.frameSize();
            Tensor drawn = KeypointPicture.draw(extractor.network().forward(seen(batch)).posed(), size, config.keypointPicture());
            Tensor pictures = Tensors.to(Pictures.of(batch, size, start.device()).flatten(0, 1), Device.CPU, ScalarType.Float);
            List<BufferedImage> found = Frames.toImages(torch.maximum(pictures, Pictures.signed(drawn)));
            List<List<BufferedImage>> rows = new ArrayList<>();
            for (int i = 0; i < batch.samples(); i++) {
                rows.add(found.subList(i * batch.frames(), (i + 1) * batch.frames()));
            }
            return rows;
        }
    }

    @Override
    public void export(Path folder) throws IOException {
        start.export(folder, Map.of(NetworkName.MOTION_EXTRACTOR, extractor));
    }

    @Override
    public void close() {
        extractor.close();
    }
}
