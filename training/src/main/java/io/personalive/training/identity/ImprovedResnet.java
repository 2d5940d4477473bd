package io.personalive.training.identity;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.BatchNorm2d;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.TensorSource;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The residual network that ArcFace's published weights are of: four levels, each of which halves the picture, with
 * norms before, between and after the two convolutions of a block. Deng et al. 2019, section 3.1; Duta et al. 2020.
 */
final class ImprovedResnet {
    private static final double EPSILON = 1e-5;
    private static final int LEVELS = 4;

    /**
     * Its sizes, which differ between versions of 18 to 200 layers.
     *
     * @param channels  of each level
     * @param blocks    of each level
     * @param embedding numbers that come out
     */
    record Sizes(List<Long> channels, List<Integer> blocks, long embedding) {
        private static final String FIRST = "layer%d.0.conv1.weight";

        /** @throws IllegalArgumentException if the tensors are of another network */
        static Sizes of(TensorSource source) {
            List<Long> channels = new ArrayList<>();
            List<Integer> blocks = new ArrayList<>();
            for (int level = 1; level <= LEVELS; level++) {
                long[] first = source.shape(String.format(Locale.ROOT, FIRST, level), null);
                if (first == null || !source.names().contains("fc.weight")) {
                    throw new IllegalArgumentException(source.description() + " holds no face-recognition network that is known:"
                            + " expected the weights of an ArcFace residual network (layer1.0.conv1.weight, …, fc.weight), or an ONNX file");
                }
                channels.add(first[0]);
                int count = 1;
                while (source.names().contains("layer" + level + "." + count + ".conv1.weight")) {
                    count++;
                }
                blocks.add(count);
            }
            return new Sizes(channels, blocks, source.shape("fc.weight", null)[0]);
        }
    }

    private final Conv2d conv;
    private final BatchNorm2d norm, normOut, features;
    private final Tensor slope;
    private final List<Block> blocks = new ArrayList<>();
    private final Linear full;

    ImprovedResnet(Weights at, Sizes sizes) {
        long channels = sizes.channels().get(0);
        conv = Conv2d.withoutBias(at.at("conv1"), 3, channels, 3, 1, 1);
        norm = new BatchNorm2d(at.at("bn1"), channels, EPSILON);
        slope = at.at("prelu").get("weight", channels);
        for (int level = 0; level < LEVELS; level++) {
            long out = sizes.channels().get(level);
            for (int number = 0; number < sizes.blocks().get(level); number++) {
                blocks.add(new Block(at.at("layer" + (level + 1)).at(number), channels, out, number == 0 ? 2 : 1));
                channels = out;
            }
        }
        normOut = new BatchNorm2d(at.at("bn2"), channels, EPSILON);
        long side = AlignedFace.SIDE >> LEVELS;
        full = Linear.of(at.at("fc"), channels * side * side, sizes.embedding());
        features = new BatchNorm2d(at.at("features"), sizes.embedding(), EPSILON);
    }

    /**
     * @param faces (b, 3, 112, 112) in [-1, 1]
     * @return (b, embedding)
     */
    Tensor forward(Tensor faces) {
        try (Scope scope = new Scope()) {
            Tensor x = torch.prelu(norm.forward(conv.forward(Tensors.channelsLast(faces))), slope);
            for (Block block : blocks) {
                x = block.forward(x);
            }
            Tensor flat = normOut.forward(x).contiguous().flatten(1, 3);
            return scope.keep(features.forward(full.forward(flat)));
        }
    }

    private static final class Block {
        private final BatchNorm2d before, between, after, ofSkip;
        private final Conv2d first, second, skip;
        private final Tensor slope;

        Block(Weights at, long in, long out, long stride) {
            before = new BatchNorm2d(at.at("bn1"), in, EPSILON);
            first = Conv2d.withoutBias(at.at("conv1"), in, out, 3, 1, 1);
            between = new BatchNorm2d(at.at("bn2"), out, EPSILON);
            slope = at.at("prelu").get("weight", out);
            second = Conv2d.withoutBias(at.at("conv2"), out, out, 3, stride, 1);
            after = new BatchNorm2d(at.at("bn3"), out, EPSILON);
            boolean changes = stride > 1 || in != out;
            skip = changes ? Conv2d.withoutBias(at.at("downsample.0"), in, out, 1, stride, 0) : null;
            ofSkip = changes ? new BatchNorm2d(at.at("downsample.1"), out, EPSILON) : null;
        }

        Tensor forward(Tensor x) {
            try (Scope scope = new Scope()) {
                Tensor hidden = torch.prelu(between.forward(first.forward(before.forward(x))), slope);
                Tensor same = skip == null ? x : ofSkip.forward(skip.forward(x));
                return scope.keep(after.forward(second.forward(hidden)).add(same));
            }
        }
    }
}
