package io.personalive.training.losses;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Tells true pictures from made ones: residual blocks, each of which halves the picture, down to four pixels. Karras et
 * al. 2020 (StyleGAN2), without what looks at several pictures at once, so that a picture's score is its own.
 */
public final class Discriminator {
    private static final int LAST_SIDE = 4;
    private static final double SLOPE = 0.2;

    private final Conv2d fromPicture, last;
    private final List<Block> blocks = new ArrayList<>();
    private final Linear features, score;

    /**
     * @param side  of the pictures, in pixels
     * @param width of the first block; each further one has twice as many channels
     * @param most  channels of any
     */
    public Discriminator(Weights at, int side, int width, int most) {
        int channels = width;
        fromPicture = Conv2d.of(at.at("from_picture"), 3, channels, 1, 1, 0);
        int rest = side;
        while (rest > LAST_SIDE) {
            int next = Math.min(most, 2 * channels);
            blocks.add(new Block(at.at("blocks").at(blocks.size()), channels, next));
            channels = next;
            rest /= 2;
        }
        last = Conv2d.same(at.at("last"), channels, channels);
        features = Linear.of(at.at("features"), (long) channels * rest * rest, channels);
        score = Linear.of(at.at("score"), channels, 1);
    }

    /**
     * @param pictures (n, 3, side, side) in [-1, 1]
     * @return (n, 1), higher for what is held to be true
     */
    public Tensor forward(Tensor pictures) {
        try (Scope scope = new Scope()) {
            Tensor hidden = rectified(fromPicture.forward(Tensors.channelsLast(pictures)));
            for (Block block : blocks) {
                hidden = block.forward(hidden);
            }
            Tensor seen = rectified(last.forward(hidden)).flatten(1, 3);
            return scope.keep(score.forward(rectified(features.forward(seen))));
        }
    }

    private static Tensor rectified(Tensor x) {
        return torch.leaky_relu(x, new Scalar(SLOPE));
    }

    /** Two convolutions and a halving beside a skip that halves too. */
    private static final class Block {
        private final Conv2d first, second, skip;

        Block(Weights at, int in, int out) {
            first = Conv2d.same(at.at("conv1"), in, in);
            second = Conv2d.same(at.at("conv2"), in, out);
            skip = Conv2d.withoutBias(at.at("skip"), in, out, 1, 1, 0);
        }

        Tensor forward(Tensor x) {
            try (Scope scope = new Scope()) {
                Tensor hidden = rectified(second.forward(rectified(first.forward(x))));
                Tensor sum = torch.avg_pool2d(hidden, 2, 2).add(skip.forward(torch.avg_pool2d(x, 2, 2)));
                // two of equal variance were added
                return scope.keep(sum.mul(new Scalar(Math.sqrt(0.5))));
            }
        }
    }
}
