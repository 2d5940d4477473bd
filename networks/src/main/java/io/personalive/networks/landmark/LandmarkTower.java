package io.personalive.networks.landmark;

import io.personalive.networks.ResnetBlock;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.GroupNorm;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** Halvings with residual blocks between them, then all that is left of the picture into a few numbers. */
final class LandmarkTower {
    private static final double EPSILON = 1e-5;

    private final List<UnaryOperator<Tensor>> layers = new ArrayList<>();
    private final GroupNorm norm;
    private final Linear hidden;
    private final Linear out;

    /**
     * @param size    side of the picture, pixels
     * @param widths  one a halving
     * @param outputs numbers that come out
     */
    LandmarkTower(Weights at, int size, List<Integer> widths, LandmarkConfig config, int outputs) {
        int in = 3;
        for (int level = 0; level < widths.size(); level++) {
            int width = widths.get(level);
            layers.add(Conv2d.of(at.at("halve").at(level), in, width, 3, 2, 1)::forward);
            for (int block = 0; level > 0 && block < config.blocks(); block++) {
                layers.add(new ResnetBlock(at.at("blocks").at(level).at(block), width, width, config.groups(), EPSILON)::forward);
            }
            in = width;
        }
        norm = new GroupNorm(at.at("norm"), config.groups(), in, EPSILON);
        int side = size >> widths.size();
        hidden = Linear.of(at.at("hidden"), (long) in * side * side, config.features());
        out = Linear.of(at.at("out"), config.features(), outputs);
    }

    /**
     * @param images (b, 3, size, size) in [-1, 1]
     * @return (b, outputs)
     */
    Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor x = Tensors.channelsLast(images);
            for (UnaryOperator<Tensor> layer : layers) {
                x = scope.replace(x, layer.apply(x));
            }
            Tensor rows = Activation.silu(norm.forward(x)).permute(0, 2, 3, 1).flatten(1, 3);
            return scope.keep(out.forward(Activation.silu(hidden.forward(rows))));
        }
    }
}
