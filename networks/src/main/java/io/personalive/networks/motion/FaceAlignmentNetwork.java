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
    /** Numbers that describe a face. */
    static final int FEATURES = 512;
    /** Side of the picture, in pixels. */
    static final int SIDE = 224;

    private static final double EPSILON = 1e-5;
    private static final int LANDMARKS = 68, LAST_SIDE = SIDE / 8;

    private final Conv2d stem, last, landmarks, summary;
    private final BatchNorm2d stemNorm, lastNorm, landmarksNorm;
    private final MultiScaleBlock block1, block2, block3, top;
    private final PatchSelfAttention attention1, attention2, attention3;
    private final Hourglass hourglass;
    private final Linear features;

    FaceAlignmentNetwork(Weights at) {
        stem = Conv2d.of(at.at("conv1"), 3, 64, 7, 2, 3);
        stemNorm = new BatchNorm2d(at.at("bn1"), 64, EPSILON);
        block1 = new MultiScaleBlock(at.at("conv2"), 64, 128);
        attention1 = new PatchSelfAttention(at.at("att_1"), 128, 4);
        block2 = new MultiScaleBlock(at.at("conv3"), 128, 128);
        block3 = new MultiScaleBlock(at.at("conv4"), 128, 256);
        attention2 = new PatchSelfAttention(at.at("att_2"), 256, 2);
        hourglass = new Hourglass(at.at("m0"), 4, 256);
        top = new MultiScaleBlock(at.at("top_m_0"), 256, 256);
        last = Conv2d.of(at.at("conv_last0"), 256, 256, 1, 1, 0);
        lastNorm = new BatchNorm2d(at.at("bn_end0"), 256, EPSILON);
        attention3 = new PatchSelfAttention(at.at("att_3"), 256, 2);
        landmarks = Conv2d.of(at.at("l0"), 256, LANDMARKS, 1, 1, 0);
        landmarksNorm = new BatchNorm2d(at.at("bn5"), LANDMARKS, EPSILON);
        summary = Conv2d.of(at.at("conv6"), LANDMARKS, 1, 3, 2, 1);
        features = Linear.of(at.at("fc"), LAST_SIDE * LAST_SIDE, FEATURES);
    }

    /**
     * @param faces (f, 3, 224, 224) in [-1, 1]
     * @return (f, 512)
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
