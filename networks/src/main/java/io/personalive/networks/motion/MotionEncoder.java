package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** What a face expresses, as tokens that the denoising UNet attends to. */
public final class MotionEncoder {
    private final MotionEncoderConfig config;
    private final FaceAlignmentNetwork face;
    private final Linear projection;
    private final Tensor positions;

    public MotionEncoder(Weights weights, MotionEncoderConfig config) {
        this.config = config;
        int tokens = config.tokens(), width = config.tokenWidth();
        face = new FaceAlignmentNetwork(weights.at("model"), config);
        projection = Linear.of(weights.at("final_proj"), config.features(), (long) tokens * width);
        positions = weights.own(
                Tensors.to(PositionCode.ofTokens(tokens, width), weights.device(), weights.type()));
        weights.derived("pe", () -> positions.unsqueeze(0)); // the same code, as the file holds it
    }

    /**
     * @param faces (f, 3, s, s) in [-1, 1], cropped to the face
     * @return (f, tokens, width), the motion tokens
     */
    public Tensor forward(Tensor faces) {
        try (Scope scope = new Scope()) {
            Tensor numbers = projection.forward(face.forward(Tensors.channelsLast(faces)));
            return scope.keep(Activation.add(numbers.unflatten(1, config.tokens(), config.tokenWidth()), positions));
        }
    }
}
