package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.Upsample;
import io.personalive.torch.weights.Weights;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The UNet of Stable Diffusion 1.x without its last norm and convolution: down through the levels, a middle, and up
 * again with the features met on the way down. What follows each residual block is the owner's. Rombach et al. 2022.
 */
final class UNetTrunk {
    /** What a UNet does after each residual block. */
    interface Extras {
        /**
         * @param block    weights of the level, which hold {@code attentions}, {@code motion_modules}, …
         * @param layer    number of the layer in its level
         * @param channels width of the level
         * @param attends  whether the level has spatial transformers
         */
        List<Stage> after(Weights block, int layer, int channels, boolean attends);
    }

    private final TimestepEmbedding timeEmbedding;
    private final Conv2d convIn;
    private final List<List<Stage>> down = new ArrayList<>();
    private final List<Stage> middle = new ArrayList<>();
    private final List<UpStep> up = new ArrayList<>();
    private final List<TimedResnet> resnets = new ArrayList<>();

    /** Stages on the way up; some take the newest features from the way down first. */
    private record UpStep(boolean takesSkip, List<Stage> stages) {}

    UNetTrunk(Weights at, UNetConfig config, Extras extras) {
        List<Integer> channels = config.channels();
        int last = channels.size() - 1;
        timeEmbedding = new TimestepEmbedding(at.at("time_embedding"), config);
        convIn = Conv2d.same(at.at("conv_in"), config.latentChannels(), channels.get(0));

        Deque<Integer> skipChannels = new ArrayDeque<>(List.of(channels.get(0)));
        int in = channels.get(0);
        for (int level = 0; level <= last; level++) {
            Weights block = at.at("down_blocks").at(level);
            int out = channels.get(level);
            for (int layer = 0; layer < config.layersPerBlock(); layer++) {
                down.add(layer(block, config, extras, layer, in, out, config.attends(level)));
                in = out;
                skipChannels.push(out);
            }
            if (level < last) {
                Conv2d halve = Conv2d.of(block.at("downsamplers.0.conv"), out, out, 3, 2, 1);
                down.add(List.of((x, conditioning) -> halve.forward(x)));
                skipChannels.push(out);
            }
        }

        Weights mid = at.at("mid_block");
        middle.add(resnet(mid.at("resnets.0"), config, in, in));
        middle.addAll(extras.after(mid, 0, in, true));
        middle.add(resnet(mid.at("resnets.1"), config, in, in));

        for (int level = last; level >= 0; level--) {
            Weights block = at.at("up_blocks").at(last - level);
            int out = channels.get(level);
            for (int layer = 0; layer <= config.layersPerBlock(); layer++) {
                int joined = in + skipChannels.pop();
                up.add(new UpStep(true, layer(block, config, extras, layer, joined, out, config.attends(level))));
                in = out;
            }
            if (level > 0) {
                Conv2d smooth = Conv2d.same(block.at("upsamplers.0.conv"), out, out);
                up.add(new UpStep(false, List.of((x, conditioning) -> enlarge(smooth, x))));
            }
        }
    }

    /**
     * @param timesteps (f), int64
     * @return what they add in every residual block
     */
    TimeConditioning embed(Tensor timesteps) {
        try (Scope scope = new Scope()) {
            Tensor activated = Activation.silu(timeEmbedding.forward(timesteps));
            return new TimeConditioning(resnets.stream().map(resnet -> resnet.shift(activated)).toList());
        }
    }

    /** @return (f, first width, h, w) of latents (f, c, h, w) */
    Tensor enter(Tensor latents) {
        return convIn.forward(latents);
    }

    /**
     * @param entered what {@link #enter} gave, with whatever is added there
     * @return (f, first width, h, w), before the last norm
     */
    Tensor forward(Tensor entered, Conditioning conditioning) {
        try (Scope scope = new Scope()) {
            Deque<Tensor> skips = new ArrayDeque<>(List.of(entered));
            Tensor x = entered;
            for (List<Stage> stages : down) {
                x = run(stages, x, conditioning);
                skips.push(x);
            }
            x = run(middle, x, conditioning);
            for (UpStep step : up) {
                if (step.takesSkip()) {
                    Tensor skip = skips.pop();
                    x = scope.replace(x, run(step.stages(), Tensors.cat(1, x, skip), conditioning));
                } else {
                    x = scope.replace(x, run(step.stages(), x, conditioning));
                }
            }
            return scope.keep(x);
        }
    }

    private static Tensor run(List<Stage> stages, Tensor input, Conditioning conditioning) {
        try (Scope scope = new Scope()) {
            Tensor x = stages.get(0).forward(input, conditioning);
            for (Stage stage : stages.subList(1, stages.size())) {
                x = scope.replace(x, stage.forward(x, conditioning));
            }
            return scope.keep(x);
        }
    }

    private List<Stage> layer(Weights block, UNetConfig config, Extras extras, int layer, int in, int out,
            boolean attends) {
        List<Stage> stages = new ArrayList<>();
        stages.add(resnet(block.at("resnets").at(layer), config, in, out));
        stages.addAll(extras.after(block, layer, out, attends));
        return stages;
    }

    private TimedResnet resnet(Weights at, UNetConfig config, int in, int out) {
        TimedResnet resnet = new TimedResnet(at, config, in, out, resnets.size());
        resnets.add(resnet);
        return resnet;
    }

    private static Tensor enlarge(Conv2d smooth, Tensor x) {
        try (Scope scope = new Scope()) {
            return scope.keep(smooth.forward(Upsample.nearestTwice(x)));
        }
    }
}
