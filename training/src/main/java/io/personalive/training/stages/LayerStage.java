package io.personalive.training.stages;

import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.portrait.Frames;
import io.personalive.networks.layers.LayerConfig;
import io.personalive.networks.layers.LayerNetwork;
import io.personalive.networks.layers.PortraitLayers;
import io.personalive.networks.layers.ResidualFit;
import io.personalive.networks.layers.ResidualFlow;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import io.personalive.training.data.Batch;
import io.personalive.training.losses.PerceptualDistance;
import io.personalive.training.recipe.Checks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Trains the network that parts portraits into layers: another frame of the same person is to come from the portrait's
 * head, moved by both frames' labels, over what is behind it. Only frames of clips teach it: in a still that was moved,
 * all moves with the head.
 */
final class LayerStage implements Stage, Objective {
    /**
     * What this stage can be told beside what pictures are compared by.
     *
     * @param side     of the pictures that are compared, in pixels; 0 for the model's own. The network always sees its own
     * @param absolute weight of the mean absolute difference
     * @param area     weight of the head's share of the picture: what tells nothing by its motion belongs to the rest
     */
    record Options(int side, double absolute, double area) {
        private static final int SMALLEST = 32;

        Options {
            if (side != 0 && (side < SMALLEST || side % 2 != 0)) {
                throw new IllegalArgumentException("side is " + side + ", expected 0 or an even number from " + SMALLEST + " on");
            }
            Checks.within("absolute", absolute, 0, Double.MAX_VALUE);
            Checks.within("area", area, 0, Double.MAX_VALUE);
        }

        static Options usual() {
            return new Options(0, 1, 0);
        }
    }

    private static final MovedPortraitPart.Kind<LayerNetwork, LayerConfig> LAYERS = new MovedPortraitPart.Kind<>("layers",
            MovedPortraitSource.LAYERS, MovedPortraitSource::layers, LayerConfig.nano(), LayerNetwork::new,
            LayerNetwork::beginsAtZero);

    private final StartModel start;
    private final Options options;
    private final MovedPortraitPart<LayerNetwork, LayerConfig> parting;
    private final PictureObjectives pictures;
    private final int frameSize, side;

    LayerStage(StartModel start, Options options, PictureObjectives.Options compared, PerceptualDistance perceptual) {
        this.start = start;
        this.options = options;
        parting = new MovedPortraitPart<>(start, LAYERS);
        frameSize = start.source().frameSize();
        side = options.side() == 0 ? frameSize : options.side();
        pictures = new PictureObjectives(compared, perceptual, side, start.device(), start.options().seed());
    }

    @Override
    public int drivingFrames() {
        return 1;
    }

    @Override
    public List<Objective> objectives() {
        return pictures.objectives(this);
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public Map<String, Weights.Loaded<?>> networks() {
        return parting.networks();
    }

    @Override
    public List<String> parts() {
        return PictureObjectives.parts("absolute", "area");
    }

    @Override
    public Loss loss(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            Tensor read = Pictures.of(batch, start.device());
            MovedPairs pairs = MovedPairs.of(batch, read, side, start.device(), draws);
            PortraitLayers layers = layers(read, pairs);
            Tensor made = made(pairs, layers);
            Loss compared = pictures.loss(made, pairs.truth());
            // each picture's own mean, so that several processes' means have the mean of all
            Tensor absolute = made.sub(pairs.truth()).abs().mul(pairs.labelled()).flatten(1, 3).mean(1).mean();
            Tensor area = layers.head().mean();
            Loss loss = compared.plus("absolute", absolute, options.absolute()).plus("area", area, options.area());
            return loss.keep(scope);
        }
    }

    /** @param read (b, 2, 3, h, w) in [-1, 1], the batch's pictures in their own size */
    private PortraitLayers layers(Tensor read, MovedPairs pairs) {
        Tensor seen = Pictures.resized(read.select(1, 0).contiguous(), frameSize);
        return parting.network().forward(seen, pairs.faces().regions(frameSize / 2), pairs.portraits());
    }

    /** What else moves is read off the other frame, as it is off a driver's; no gradient flows through that. */
    private static Tensor made(MovedPairs pairs, PortraitLayers layers) {
        HeadPose from = pairs.faces().pose(), to = pairs.shown().pose();
        Flow all = pairs.flow();
        ResidualFlow residual = Scope.withoutGradient(() -> new ResidualFit(pairs.portraits(), layers, from)
                .fit(all, to, pairs.truth(), ResidualFlow.none(pairs.truth().size(0))));
        Flow flow = layers.followed(all, residual, to);
        return layers.over(flow.sample(pairs.portraits()), flow, from, to, residual);
    }

    /** @return for each sample: portrait, the other frame, all of it moved, the layers, what belongs to the head, what is behind it */
    @Override
    public List<List<BufferedImage>> samples(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            Tensor read = Pictures.of(batch, start.device());
            MovedPairs pairs = MovedPairs.of(batch, read, side, start.device(), draws);
            PortraitLayers layers = layers(read, pairs);
            Tensor head = layers.head().mul(new Scalar(2)).sub(new Scalar(1)).expand(-1, 3, -1, -1);
            List<Tensor> columns = List.of(pairs.portraits(), pairs.truth(), pairs.flow().sample(pairs.portraits()),
                    made(pairs, layers), head, layers.behind());
            List<List<BufferedImage>> rows = new ArrayList<>();
            for (int i = 0; i < batch.samples(); i++) {
                int row = i;
                rows.add(columns.stream().map(column -> Frames.toImages(column.narrow(0, row, 1).contiguous()).get(0)).toList());
            }
            return rows;
        }
    }

    @Override
    public void export(Path folder) throws IOException {
        parting.export(folder);
    }

    @Override
    public void close() {
        pictures.close();
        parting.close();
    }
}
