package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.GroupNorm;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Predicts the noise in a window of frames. Every transformer block reads the appearance bank; after it a motion module
 * reads each frame's motion tokens and a temporal module joins the frames. PersonaLive, arXiv 2512.11253.
 */
public final class DenoisingUNet {
    private static final double EPSILON = 1e-5;

    private final UNetTrunk trunk;
    private final List<TransformerBlock> transformers = new ArrayList<>();
    private final GroupNorm normOut;
    private final Conv2d convOut;

    public DenoisingUNet(Weights at, UNetConfig config) {
        trunk = new UNetTrunk(at, config, (block, layer, channels, attends) -> {
            List<Stage> stages = new ArrayList<>();
            if (attends) {
                SpatialTransformer spatial = new SpatialTransformer(
                        block.at("attentions").at(layer), config, channels, transformers.size());
                transformers.add(spatial.block());
                stages.add(spatial);
            }
            stages.add(FrameTransformer.motionModule(block.at("motion_modules").at(layer), config, channels));
            stages.add(FrameTransformer.temporalModule(block.at("temporal_modules").at(layer), config, channels));
            return stages;
        });
        int first = config.channels().get(0);
        normOut = new GroupNorm(at.at("conv_norm_out"), UNetConfig.GROUPS, first, EPSILON);
        convOut = Conv2d.same(at.at("conv_out"), first, config.latentChannels());
    }

    /**
     * @param timesteps (f), int64, one for each frame of the window
     * @return what they add in the network; the caller closes it
     */
    public TimeConditioning embed(Tensor timesteps) {
        return trunk.embed(timesteps);
    }

    /**
     * Projects a reference's bank to keys and values, and its image token to what it adds.
     *
     * @param bank       of one reference, or of several joined along the tokens
     * @param imageToken (1, 1, width)
     * @return the reading; the caller closes it
     */
    public ReferenceReading read(AppearanceBank bank, Tensor imageToken) {
        try (Scope scope = new Scope()) {
            List<SelfAttention.KeysAndValues> banks = new ArrayList<>();
            List<Tensor> imageVectors = new ArrayList<>();
            for (int block = 0; block < transformers.size(); block++) {
                TransformerBlock transformer = transformers.get(block);
                banks.add(transformer.selfAttention().project(bank.tokens().get(block)));
                imageVectors.add(transformer.imageAttention().forward(imageToken));
            }
            return new ReferenceReading(banks, imageVectors);
        }
    }

    /**
     * @param latents      (f, c, h, w), noisy, scaled, oldest frame first
     * @param time         of the same frames
     * @param reference    whose appearance is read
     * @param motionTokens (f, 32, 16)
     * @param poseFeatures (f, first width, h, w)
     * @return (f, c, h, w), the predicted noise
     */
    public Tensor forward(Tensor latents, TimeConditioning time, ReferenceReading reference, Tensor motionTokens,
            Tensor poseFeatures) {
        try (Scope scope = new Scope()) {
            Tensor entered = Activation.add(trunk.enter(Tensors.channelsLast(latents)), poseFeatures);
            Tensor features = trunk.forward(entered, new Conditioning(time, reference, motionTokens));
            return scope.keep(convOut.forward(Activation.silu(normOut.forward(features))));
        }
    }
}
