package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where a head is and how it is turned. Guo et al. 2024 (LivePortrait). Computes in float32, whatever the others do:
 * in half precision many face boxes would move by a pixel.
 */
public final class MotionExtractor {

    /** Of every layer norm in this network. */
    static final double EPSILON = 1e-6;

    private final ConvNext detector;
    private final Linear keypoints, scale, translation;
    private final AngleHead pitch, yaw, roll;

    /** @throws IllegalArgumentException if the weights are not in float32 */
    public MotionExtractor(Weights weights, MotionExtractorConfig config) {
        if (weights.type() != ScalarType.Float) {
            throw new IllegalArgumentException("the motion extractor computes in float32, not " + weights.type());
        }
        Weights at = weights.at("detector");
        detector = new ConvNext(at, config);
        keypoints = Linear.of(at.at("fc_kp"), config.features(), 3L * config.keypoints());
        scale = Linear.of(at.at("fc_scale"), config.features(), 1);
        translation = Linear.of(at.at("fc_t"), config.features(), 3);
        pitch = new AngleHead(at.at("fc_pitch"), config);
        yaw = new AngleHead(at.at("fc_yaw"), config);
        roll = new AngleHead(at.at("fc_roll"), config);
        long expressions = 3L * config.keypoints();
        at.derived("fc_exp.weight", () -> Tensors.zeros(ScalarType.Float, expressions, config.features()));
        at.derived("fc_exp.bias", () -> Tensors.zeros(ScalarType.Float, expressions));
        weights.derived("idx_tensor", () -> AngleHead.binNumbers(config.angleBins()));
    }

    /**
     * @param images (f, 3, s, s) in [0, 1], in any number format
     * @return the head motion of each, on the network's device
     */
    public HeadMotion forward(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor features = detector.forward(Tensors.channelsLast(Tensors.to(images, ScalarType.Float)));
            return new HeadMotion(
                    scope.keep(keypoints.forward(features).unflatten(1, -1, 3)),
                    scope.keep(pitch.forward(features)),
                    scope.keep(yaw.forward(features)),
                    scope.keep(roll.forward(features)),
                    scope.keep(translation.forward(features)),
                    scope.keep(scale.forward(features).flatten(0, 1)));
        }
    }
}
