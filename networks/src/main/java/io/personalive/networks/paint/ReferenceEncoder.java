package io.personalive.networks.paint;

import io.personalive.networks.PlainBlock;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Reads a portrait once, so that no frame has to. */
final class ReferenceEncoder {
    private final Conv2d stem, toEighth, toDeepest, quarterOut, eighthOut;
    private final PlainBlock eighthBlock, deepestBlock;
    private final Linear summary;

    ReferenceEncoder(Weights at, PaintConfig config) {
        stem = Conv2d.same(at.at("stem"), 16 * 3 + 4 * FaceRegions.CHANNELS, config.quarter());
        quarterOut = Conv2d.of(at.at("quarter_out"), config.quarter(), config.quarter() / 2, 1, 1, 0);
        toEighth = Conv2d.of(at.at("to_eighth"), config.quarter(), config.eighth(), 3, 2, 1);
        eighthBlock = new PlainBlock(at.at("eighth"), config.eighth());
        eighthOut = Conv2d.of(at.at("eighth_out"), config.eighth(), config.eighth() / 2, 1, 1, 0);
        toDeepest = Conv2d.of(at.at("to_deepest"), config.eighth(), config.deepest(), 3, 2, 1);
        deepestBlock = new PlainBlock(at.at("deepest"), config.deepest());
        summary = Linear.of(at.at("summary"), config.deepest(), config.motion());
    }

    /**
     * @param portraits (b, 3, s, s) in [-1, 1], s a multiple of 16
     * @param regions   (b, 6, s/2, s/2)
     */
    PaintReference forward(Tensor portraits, Tensor regions) {
        try (Scope scope = new Scope()) {
            Tensor input = Tensors.cat(1, torch.pixel_unshuffle(portraits, 4), torch.pixel_unshuffle(regions, 2));
            Tensor quarter = Activation.relu(stem.forward(Tensors.channelsLast(input)));
            Tensor eighth = eighthBlock.forward(Activation.relu(toEighth.forward(quarter)));
            Tensor deepest = deepestBlock.forward(Activation.relu(toDeepest.forward(eighth)));
            Tensor mean = deepest.mean(2, 3);
            return new PaintReference(portraits, regions, scope.keep(quarterOut.forward(quarter)),
                    scope.keep(eighthOut.forward(eighth)), scope.keep(summary.forward(mean)));
        }
    }
}
