package io.personalive.networks.unet;

import io.personalive.networks.unet.UNetConfig.Attention;
import io.personalive.networks.unet.UNetConfig.Level;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.training.GradientPass;
import io.personalive.torch.training.Recomputation;
import io.personalive.torch.weights.Weights;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * The UNet of Stable Diffusion 1.x without its last norm and convolution: down through the levels, a middle, and up
 * again with the features met on the way down. What follows each residual block is the owner's. Rombach et al. 2022.
 */
final class UNetTrunk {
    /** What a UNet does after each residual block. */
    interface Extras {
        /**
         * @param block     weights of the level, which hold {@code attentions}, {@code motion_modules}, …
         * @param layer     number of the layer in its level
         * @param channels  width of the level
         * @param attention what stands there
         */
        List<Stage> after(Weights block, int layer, int channels, Set<Attention> attention);

        /** Whether the owner has all it wants: then the trunk ends here, and nothing that would follow exists. */
        default boolean complete() {
            return false;
        }
    }

    /** What a step has to do with the features kept on the way down. */
    enum Skip { KEEPS, TAKES, NONE }

    private record Step(Skip skip, List<Stage> stages) {}

    private final UNetConfig config;
    private final Extras extras;
    private final TimestepEmbedding timeEmbedding;
    private final Conv2d convIn;
    private final List<Step> steps = new ArrayList<>();
    private final List<TimedResnet> resnets = new ArrayList<>();
    private final Deque<Integer> skipChannels = new ArrayDeque<>();

    UNetTrunk(Weights at, UNetConfig config, Extras extras) {
        this.config = config;
        this.extras = extras;
        int first = config.levels().get(0).channels();
        timeEmbedding = new TimestepEmbedding(at.at("time_embedding"), config);
        convIn = Conv2d.same(at.at("conv_in"), config.latentChannels(), first);
        skipChannels.push(first);
        int last = config.levels().size() - 1;
        for (int level = 0; level <= last && !extras.complete(); level++) {
            down(at.at("down_blocks").at(level), level);
        }
        if (!extras.complete()) {
            middle(at.at("mid_block"), config.levels().get(last).channels());
        }
        for (int level = last; level >= 0 && !extras.complete(); level--) {
            up(at.at("up_blocks").at(last - level), level);
        }
    }

    private void down(Weights block, int number) {
        Level level = config.levels().get(number);
        int out = level.channels(), in = number == 0 ? out : config.levels().get(number - 1).channels();
        for (int layer = 0; layer < level.layers() && !extras.complete(); layer++) {
            layer(Skip.KEEPS, block, layer, layer == 0 ? in : out, level);
            skipChannels.push(out);
        }
        if (number < config.levels().size() - 1 && !extras.complete()) {
            Conv2d halve = Conv2d.of(block.at("downsamplers.0.conv"), out, out, 3, 2, 1);
            steps.add(new Step(Skip.KEEPS, List.of((x, conditioning) -> halve.forward(x))));
            skipChannels.push(out);
        }
    }

    private void middle(Weights block, int channels) {
        List<Stage> stages = new ArrayList<>();
        stages.add(resnet(block.at("resnets.0"), channels, channels));
        stages.addAll(extras.after(block, 0, channels, config.middle()));
        if (!extras.complete()) {
            stages.add(resnet(block.at("resnets.1"), channels, channels));
        }
        steps.add(new Step(Skip.NONE, stages));
    }

    private void up(Weights block, int number) {
        Level level = config.levels().get(number);
        int out = level.channels();
        int in = config.levels().get(Math.min(number + 1, config.levels().size() - 1)).channels();
        for (int layer = 0; layer <= level.layers() && !extras.complete(); layer++) {
            layer(Skip.TAKES, block, layer, (layer == 0 ? in : out) + skipChannels.pop(), level);
        }
        if (number > 0 && !extras.complete()) {
            Conv2d smooth = Conv2d.same(block.at("upsamplers.0.conv"), out, out);
            steps.add(new Step(Skip.NONE, List.of((x, conditioning) -> smooth.forwardEnlarged(x))));
        }
    }

    private void layer(Skip skip, Weights block, int layer, int in, Level level) {
        List<Stage> stages = new ArrayList<>();
        stages.add(resnet(block.at("resnets").at(layer), in, level.channels()));
        stages.addAll(extras.after(block, layer, level.channels(), level.attention()));
        steps.add(new Step(skip, stages));
    }

    private TimedResnet resnet(Weights at, int in, int out) {
        TimedResnet resnet = new TimedResnet(at, config, in, out, resnets.size());
        resnets.add(resnet);
        return resnet;
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

    /** @return (b*f, first width, h, w) of latents (b*f, c, h, w) */
    Tensor enter(Tensor latents) {
        return convIn.forward(latents);
    }

    /**
     * @param entered what {@link #enter} gave, with whatever is added there
     * @return (b*f, width, h', w'): where the trunk is whole the first width and the size that entered
     */
    Tensor forward(Tensor entered, Conditioning conditioning) {
        Optional<Recomputation> run = GradientPass.recomputation();
        return run.isPresent() ? inSegments(run.get(), entered, conditioning) : straight(entered, conditioning);
    }

    private Tensor inSegments(Recomputation run, Tensor entered, Conditioning conditioning) {
        // the run holds what it reads as long as it needs it, beyond the end of this block
        try (Scope scope = new Scope(); TimeConditioning time = conditioning.time().each(run::read);
                Appearance appearance = conditioning.appearance().each(run::read)) {
            Conditioning read = new Conditioning(conditioning.frames(), time, appearance,
                    run.read(conditioning.motionTokens()));
            List<Recomputation.Segment> segments = new ArrayList<>();
            int kept = 1;
            for (Step step : steps) {
                List<Stage> stages = step.stages();
                for (Stage stage : stages) {
                    Skip before = stage == stages.get(0) && step.skip() == Skip.TAKES ? Skip.TAKES : Skip.NONE;
                    Skip after = stage == stages.get(stages.size() - 1) && step.skip() == Skip.KEEPS ? Skip.KEEPS : Skip.NONE;
                    segments.add(new TrunkSegment(stage, read, kept, before, after));
                    kept += after == Skip.KEEPS ? 1 : before == Skip.TAKES ? -1 : 0;
                }
            }
            List<Tensor> last = run.forward(segments, List.of(entered, entered));
            last.subList(1 + kept, last.size()).forEach(conditioning.appearance()::write);
            return scope.keep(last.get(0));
        }
    }

    private Tensor straight(Tensor entered, Conditioning conditioning) {
        try (Scope scope = new Scope()) {
            Deque<Tensor> skips = new ArrayDeque<>(List.of(entered));
            Tensor x = entered;
            for (Step step : steps) {
                boolean kept = x == skips.peek();
                Tensor input = step.skip() == Skip.TAKES ? Tensors.cat(1, x, skips.pop()) : x;
                Tensor next = run(step.stages(), input, conditioning);
                x = kept ? next : scope.replace(x, next);
                if (step.skip() == Skip.KEEPS) {
                    skips.push(x);
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
}
