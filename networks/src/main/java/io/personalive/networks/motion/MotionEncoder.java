package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** What a face expresses, as tokens that the denoising UNet attends to. */
public final class MotionEncoder {
    /** Tokens of a face. */
    public static final int TOKENS = 32;
    /** Numbers of a token. */
    public static final int TOKEN_WIDTH = 16;

    private final FaceAlignmentNetwork face;
    private final Linear projection;
    private final Tensor positions;

    public MotionEncoder(Weights weights) {
        face = new FaceAlignmentNetwork(weights.at("model"));
        projection = Linear.of(weights.at("final_proj"), FaceAlignmentNetwork.FEATURES, TOKENS * TOKEN_WIDTH);
        positions = weights.own(
                Tensors.to(PositionCode.ofTokens(TOKENS, TOKEN_WIDTH), weights.device(), weights.type()));
        weights.derived("pe", () -> positions.unsqueeze(0)); // the same code, as the file holds it
    }

    /**
     * @param faces (f, 3, 224, 224) in [-1, 1], cropped to the face
     * @return (f, 32, 16), the motion tokens
     */
    public Tensor forward(Tensor faces) {
        try (Scope scope = new Scope()) {
            Tensor numbers = projection.forward(face.forward(Tensors.channelsLast(faces)));
            return scope.keep(Activation.add(numbers.unflatten(1, TOKENS, TOKEN_WIDTH), positions));
        }
    }
}
