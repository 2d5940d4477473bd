package io.personalive.networks.unet;

import io.personalive.networks.unet.UNetConfig.Attention;
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
 * Predicts the noise in windows of frames. Every transformer block reads the appearance bank; after it a motion module
 * reads each frame's motion tokens and a temporal module joins the frames. What of these
 * stands at which level is the configuration's. PersonaLive, arXiv 2512.11253.
 */
public final class DenoisingUNet {
    private static final double EPSILON = 1e-5;

    private final UNetConfig config;
    private final UNetTrunk trunk;
    private final List<TransformerBlock> transformers = new ArrayList<>();
    private final GroupNorm normOut;
    private final Conv2d convOut;

    public DenoisingUNet(Weights at, UNetConfig config) {
        this.config = config;
        trunk = new UNetTrunk(at, config, (block, layer, channels, attention) -> {
            List<Stage> stages = new ArrayList<>();
            if (attention.contains(Attention.SELF)) {
                SpatialTransformer spatial = new SpatialTransformer(block.at("attentions").at(layer), config, channels,
                        attention.contains(Attention.IMAGE), transformers.size());
                transformers.add(spatial.block());
                stages.add(spatial);
            }
            if (attention.contains(Attention.MOTION)) {
                stages.add(FrameTransformer.motionModule(block.at("motion_modules").at(layer), config, channels));
            }
            if (attention.contains(Attention.TEMPORAL)) {
                stages.add(FrameTransformer.temporalModule(block.at("temporal_modules").at(layer), config, channels));
            }
            return stages;
        });
        int first = config.levels().get(0).channels();
        normOut = new GroupNorm(at.at("conv_norm_out"), config.groups(), first, EPSILON);
        convOut = Conv2d.same(at.at("conv_out"), first, config.latentChannels());
    }

    /**
     * @param timesteps (f), int64, one for each frame of every sequence, or (b*f), sequence after sequence
     * @return what they add in the network; the caller closes it
     */
    public TimeConditioning embed(Tensor timesteps) {
        return trunk.embed(timesteps);
    }

    /**
     * Projects references' banks to keys and values, and their image tokens to what they add.
     *
     * @param bank       of b sequences: of one reference each, or of several joined along the tokens
     * @param imageToken (b, 1, width); null where there is no image encoder
     * @return the reading; the caller closes it
     */
    public ReferenceReading read(AppearanceBank bank, Tensor imageToken) {
        // without transformers a reading is of nothing and fits any number of sequences
        long sequences = transformers.isEmpty() ? 1 : bank.tokens().get(0).size(0);
        ImageTokenAttention.require(config, imageToken, sequences);
        try (Scope scope = new Scope()) {
            List<ReferenceReading.Block> blocks = new ArrayList<>();
            for (int block = 0; block < transformers.size(); block++) {
                TransformerBlock transformer = transformers.get(block);
                blocks.add(new ReferenceReading.Block(
                        List.of(transformer.selfAttention().project(bank.tokens().get(block))),
                        transformer.imageAttention().map(attention -> attention.forward(imageToken))));
            }
            return new ReferenceReading(sequences, blocks);
        }
    }

    /**
     * One pass for b sequences of f frames each, which don't see one another.
     *
     * @param latents      (b, f, c, h, w), noisy, scaled, oldest frame first
     * @param time         of f frames, shared by all sequences, or of b*f
     * @param reference    whose appearance is read, of b sequences
     * @param motionTokens (b, f, tokens, width)
     * @param poseFeatures (b, f, first width, h, w)
     * @return (b, f, c, h, w), the predicted noise
     * @throws IllegalArgumentException if the window is longer than the position code or the inputs don't fit together
     */
    public Tensor forward(Tensor latents, TimeConditioning time, ReferenceReading reference, Tensor motionTokens,
            Tensor poseFeatures) {
        long sequences = latents.size(0), frames = latents.size(1);
        check(sequences, frames, time, reference, motionTokens, poseFeatures);
        try (Scope scope = new Scope()) {
            Tensor pictures = Tensors.channelsLast(latents.flatten(0, 1));
            Tensor entered = Activation.add(trunk.enter(pictures), poseFeatures.flatten(0, 1));
            Tensor features = trunk.forward(entered,
                    new Conditioning(frames, time, reference, motionTokens.flatten(0, 1)));
            Tensor noise = convOut.forward(Activation.silu(normOut.forward(features)));
            return scope.keep(noise.unflatten(0, sequences, frames));
        }
    }

    private void check(long sequences, long frames, TimeConditioning time, ReferenceReading reference,
            Tensor motionTokens, Tensor poseFeatures) {
        if (frames > config.longestWindow()) {
            throw new IllegalArgumentException("the window has " + frames + " frames, and there are position codes for "
                    + config.longestWindow() + ": raise unet.windowFrames, which is " + config.windowFrames());
        }
        expect("timesteps", time.frames(), time.frames() == sequences * frames ? sequences * frames : frames);
        // a UNet that reads no bank serves as many sequences as it is given
        expect("references", transformers.isEmpty() ? sequences : reference.sequences(), sequences);
        expect("sequences of motion tokens", motionTokens.size(0), sequences);
        expect("frames of motion tokens", motionTokens.size(1), frames);
        expect("sequences of pose features", poseFeatures.size(0), sequences);
        expect("frames of pose features", poseFeatures.size(1), frames);
    }

    private static void expect(String what, long found, long expected) {
        if (found != expected) {
            throw new IllegalArgumentException("there are " + found + " " + what + ", expected " + expected
                    + " as of the latents");
        }
    }
}
