package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.BatchNorm2d;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/**
 * A network that once found facial landmarks, with self-attention between its stages and a head that sums up the face.
 * Bulat and Tzimiropoulos 2017.
 */
final class FaceAlignmentNetwork {
    private static final double EPSILON = 1e-5;

    private final Conv2d stem, last, landmarks, summary;
    private final BatchNorm2d stemNorm, lastNorm, landmarksNorm;
    private final MultiScaleBlock block1, block2, block3, top;
    private final PatchSelfAttention attention1, attention2, attention3;
    private final Hourglass hourglass;
    private final Linear features;

    FaceAlignmentNetwork(Weights at, MotionEncoderConfig config) {
        int first = config.widths().get(0), second = config.widths().get(1), third = config.widths().get(2);
        int maps = config.landmarks(), lastSide = config.grid();
        stem = Conv2d.of(at.at("conv1"), 3, first, 7, 2, 3);
        stemNorm = new BatchNorm2d(at.at("bn1"), first, EPSILON);
        block1 = new MultiScaleBlock(at.at("conv2"), first, second);
        attention1 = new PatchSelfAttention(at.at("att_1"), second, 4, config);
        block2 = new MultiScaleBlock(at.at("conv3"), second, second);
        block3 = new MultiScaleBlock(at.at("conv4"), second, third);
        attention2 = new PatchSelfAttention(at.at("att_2"), third, 2, config);
        hourglass = new Hourglass(at.at("m0"), MotionEncoderConfig.HOURGLASS_DEPTH, third);
        top = new MultiScaleBlock(at.at("top_m_0"), third, third);
        last = Conv2d.of(at.at("conv_last0"), third, third, 1, 1, 0);
        lastNorm = new BatchNorm2d(at.at("bn_end0"), third, EPSILON);
        attention3 = new PatchSelfAttention(at.at("att_3"), third, 2, config);
        landmarks = Conv2d.of(at.at("l0"), third, maps, 1, 1, 0);
        landmarksNorm = new BatchNorm2d(at.at("bn5"), maps, EPSILON);
        summary = Conv2d.of(at.at("conv6"), maps, 1, 3, 2, 1);
        features = Linear.of(at.at("fc"), (long) lastSide * lastSide, config.features());
    }

    /**
     * @param faces (f, 3, s, s) in [-1, 1]
     * @return (f, features)
     */
    Tensor forward(Tensor faces) {
        try (Scope scope = new Scope()) {
            Tensor large = attention1.forward(block1.forward(Activation.relu(stemNorm.forward(stem.forward(faces)))));
            Tensor small = attention2.forward(block3.forward(block2.forward(MaxPool.half(large))));
            Tensor refined = lastNorm.forward(last.forward(top.forward(hourglass.forward(small))));
            Tensor attended = Activation.relu(attention3.forward(refined));
            Tensor maps = Activation.relu(landmarksNorm.forward(landmarks.forward(attended)));
            Tensor face = Activation.relu(summary.forward(maps).flatten(1, 3));
            return scope.keep(features.forward(face));
        }
    }
}
