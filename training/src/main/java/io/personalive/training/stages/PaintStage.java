package io.personalive.training.stages;

import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.portrait.Frames;
import io.personalive.networks.paint.FacePicture;
import io.personalive.networks.paint.Paint;
import io.personalive.networks.paint.PaintConfig;
import io.personalive.networks.paint.PaintNetwork;
import io.personalive.torch.Scope;
import io.personalive.torch.layers.Upsample;
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
 * Trains the painter of a model that moves portraits: another frame of the same person is to come from the portrait,
 * moved by both frames' labels, and painted over. Fresh weights leave the moved portrait as it is.
 */
final class PaintStage implements Stage, Objective {
    /**
     * What this stage can be told beside what pictures are compared by.
     *
     * @param part   side of the part around mouth or eyes that each sample is cut to, in pixels; 0 for whole pictures
     * @param absolute weight of the mean absolute difference, in which the openings count more
     * @param opened how much more a pixel of an open mouth or eye counts in it
     * @param change weight of what is changed without need: of the added flow, in half pictures
     */
    record Options(int part, double absolute, double opened, double change) {
        private static final int STEP = 16;

        Options {
            if (part < 0 || part % STEP != 0) {
                throw new IllegalArgumentException("part is " + part + ", expected 0 or a multiple of " + STEP);
            }
            Checks.within("absolute", absolute, 0, Double.MAX_VALUE);
            Checks.within("opened", opened, 0, Double.MAX_VALUE);
            Checks.within("change", change, 0, Double.MAX_VALUE);
        }

        static Options usual() {
            return new Options(0, 1, 8, 0.5);
        }
    }

    private static final int MOUTH = 0, EYES = 2;
    private static final MovedPortraitPart.Kind<PaintNetwork, PaintConfig> PAINTER = new MovedPortraitPart.Kind<>("painter",
            MovedPortraitSource.PAINTER, MovedPortraitSource::painter, PaintConfig.nano(), PaintNetwork::new,
            PaintNetwork::beginsAtZero);

    private final StartModel start;
    private final Options options;
    private final MovedPortraitPart<PaintNetwork, PaintConfig> painting;
    private final PictureObjectives pictures;

    PaintStage(StartModel start, Options options, PictureObjectives.Options compared, PerceptualDistance perceptual) {
        this.start = start;
        this.options = options;
        painting = new MovedPortraitPart<>(start, PAINTER);
        int side = options.part() == 0 ? start.source().frameSize() : options.part();
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
        return painting.networks();
    }

    @Override
    public List<String> parts() {
        return PictureObjectives.parts("absolute", "change");
    }

    @Override
    public Loss loss(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            PaintPairs pairs = pairs(batch, draws);
            Paint paint = paint(pairs);
            Tensor made = paint.over(pairs.portraits(), pairs.wanted().places());
            Loss compared = pictures.loss(made, pairs.truth());
            Tensor weight = weight(pairs);
            // each picture's own mean, so that several processes' means have the mean of all
            Tensor absolute = made.sub(pairs.truth()).abs().mul(weight).flatten(1, 3).mean(1)
                    .div(weight.flatten(1, 3).mean(1).add(new Scalar(1e-6))).mean();
            Tensor change = paint.flow().abs().mean();
            Loss loss = compared.plus("absolute", absolute, options.absolute()).plus("change", change, options.change());
            return loss.keep(scope);
        }
    }

    private PaintPairs pairs(Batch batch, Draws draws) {
        PaintPairs whole = PaintPairs.of(MovedPairs.of(batch, Pictures.of(batch, start.device()),
                start.source().frameSize(), start.device(), draws));
        return options.part() == 0 ? whole : whole.around(options.part(), draws);
    }

    private Paint paint(PaintPairs pairs) {
        PaintNetwork network = painting.network();
        return network.paint(network.reference(pairs.portraits(), pairs.regions()), pairs.wanted());
    }

    /** @return (b, 1, h, w) */
    private Tensor weight(PaintPairs pairs) {
        Tensor regions = pairs.wanted().regions();
        Tensor open = Upsample.nearestTwice(regions.narrow(1, MOUTH, 1).add(regions.narrow(1, EYES, 1)));
        return open.mul(new Scalar(options.opened())).add(new Scalar(1)).mul(pairs.labelled());
    }

    /** @return for each sample, of the parts that are trained on: portrait, the other frame, the moved portrait, what is painted over it */
    @Override
    public List<List<BufferedImage>> samples(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            PaintPairs pairs = pairs(batch, draws);
            FacePicture wanted = pairs.wanted();
            List<BufferedImage> portraits = Frames.toImages(pairs.portraits()), truth = Frames.toImages(pairs.truth());
            List<BufferedImage> moved = Frames.toImages(wanted.moved(pairs.portraits()));
            List<BufferedImage> painted = Frames.toImages(paint(pairs).over(pairs.portraits(), wanted.places()));
            List<List<BufferedImage>> rows = new ArrayList<>();
            for (int i = 0; i < portraits.size(); i++) {
                rows.add(List.of(portraits.get(i), truth.get(i), moved.get(i), painted.get(i)));
            }
            return rows;
        }
    }

    @Override
    public void export(Path folder) throws IOException {
        painting.export(folder);
    }

    @Override
    public void close() {
        pictures.close();
        painting.close();
    }
}
