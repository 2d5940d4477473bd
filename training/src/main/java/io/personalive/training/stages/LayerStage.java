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
import java.util.LinkedHashMap;
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
        List<Objective> all = new ArrayList<>(List.of(this));
        all.addAll(pictures.opponents());
        return all;
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
        List<String> parts = new ArrayList<>(PictureObjectives.PARTS);
        parts.addAll(List.of("absolute", "area"));
        return parts;
    }

    @Override
    public Loss loss(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            PaintPairs pairs = pairs(batch, draws);
            PortraitLayers layers = layers(batch, pairs);
            Tensor made = made(pairs, layers);
            Loss compared = pictures.loss(made, pairs.truth());
            // each picture's own mean, so that several processes' means have the mean of all
            Tensor absolute = made.sub(pairs.truth()).abs().mul(pairs.labelled()).flatten(1, 3).mean(1).mean();
            Tensor area = layers.head().mean();
            Map<String, Double> parts = new LinkedHashMap<>(compared.parts());
            parts.put("absolute", absolute.item_double());
            parts.put("area", area.item_double());
            Tensor total = compared.total().add(absolute.mul(new Scalar(options.absolute())))
                    .add(area.mul(new Scalar(options.area())));
            return new Loss(scope.keep(total), parts);
        }
    }

    private PaintPairs pairs(Batch batch, Draws draws) {
        return PaintPairs.of(batch, side, start.device(), draws);
    }

    private PortraitLayers layers(Batch batch, PaintPairs pairs) {
        Tensor seen = Pictures.of(batch, frameSize, start.device()).select(1, 0).contiguous();
        return parting.network().forward(seen, pairs.faces().regions(frameSize / 2), pairs.portraits());
    }

    /** What else moves is read off the other frame, as it is off a driver's; no gradient flows through that. */
    private static Tensor made(PaintPairs pairs, PortraitLayers layers) {
        HeadPose from = pairs.faces().pose(), to = pairs.shown().pose();
        Flow all = new Flow(pairs.wanted().places());
        ResidualFlow residual = Scope.withoutGradient(() -> new ResidualFit(pairs.portraits(), layers, from)
                .fit(all, to, pairs.truth(), ResidualFlow.none(pairs.truth().size(0))));
        Flow flow = layers.followed(all, residual, to);
        return layers.over(flow.sample(pairs.portraits()), flow, from, to, residual);
    }

    /** @return for each sample: portrait, the other frame, all of it moved, the layers, what belongs to the head, what is behind it */
    @Override
    public List<List<BufferedImage>> samples(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            PaintPairs pairs = pairs(batch, draws);
            PortraitLayers layers = layers(batch, pairs);
            Tensor head = layers.head().mul(new Scalar(2)).sub(new Scalar(1)).expand(-1, 3, -1, -1);
            List<Tensor> columns = List.of(pairs.portraits(), pairs.truth(), pairs.wanted().moved(pairs.portraits()),
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
