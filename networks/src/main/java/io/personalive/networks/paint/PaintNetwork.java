package io.personalive.networks.paint;

import io.personalive.networks.PlainBlock;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.layers.Upsample;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Paints what no flow can bring: a mouth's inside, the eyeball behind a lid, the hidden cheek. A UNet (Ronneberger et al.
 * 2015) over the moved portrait at a quarter of its side, with a light head at half of it. The portrait's features are
 * computed once and moved by the same flow. The last layer begins at zero: untrained, the moved portrait stays.
 */
public final class PaintNetwork {
    /** A unit of the last layer's flow, in half pictures. */
    private static final double FLOW_UNIT = 0.05;
    private static final int COLOURS = 12, SMOOTH = 4, FLOW = 2;

    private final ReferenceEncoder encoder;
    private final Conv2d stem, toEighth, joinEighth, toDeepest, fromDeepest, fromEighth, toHead, detail, head, out;
    private final PlainBlock quarterDown, eighthDown, deepest1, deepest2, eighthUp, quarterUp;
    private final Linear motion, modulation;

    public PaintNetwork(Weights at, PaintConfig config) {
        int quarter = config.quarter(), eighth = config.eighth(), deepest = config.deepest();
        encoder = new ReferenceEncoder(at.at("reference"), config);
        int seen = 16 * 3 + FacePicture.VALIDITY + 5 * FaceRegions.CHANNELS + quarter / 2;
        stem = Conv2d.of(at.at("stem"), seen, quarter, 1, 1, 0);
        quarterDown = new PlainBlock(at.at("quarter_down"), quarter);
        toEighth = Conv2d.of(at.at("to_eighth"), quarter, eighth, 3, 2, 1);
        joinEighth = Conv2d.of(at.at("join_eighth"), eighth + eighth / 2, eighth, 1, 1, 0);
        eighthDown = new PlainBlock(at.at("eighth_down"), eighth);
        toDeepest = Conv2d.of(at.at("to_deepest"), eighth, deepest, 3, 2, 1);
        motion = Linear.of(at.at("motion"), FacePicture.MOTION, config.motion());
        modulation = Linear.of(at.at("modulation"), config.motion(), 2L * deepest);
        deepest1 = new PlainBlock(at.at("deepest1"), deepest);
        deepest2 = new PlainBlock(at.at("deepest2"), deepest);
        fromDeepest = Conv2d.of(at.at("from_deepest"), deepest, eighth, 1, 1, 0);
        eighthUp = new PlainBlock(at.at("eighth_up"), eighth);
        fromEighth = Conv2d.of(at.at("from_eighth"), eighth, quarter, 1, 1, 0);
        quarterUp = new PlainBlock(at.at("quarter_up"), quarter);
        toHead = Conv2d.of(at.at("to_head"), quarter, 4L * config.head(), 1, 1, 0);
        detail = Conv2d.same(at.at("detail"), 4 * 3 + FaceRegions.CHANNELS, config.head());
        head = Conv2d.same(at.at("head"), config.head(), config.head());
        out = Conv2d.same(at.at("out"), config.head(), COLOURS + SMOOTH + FLOW);
    }

    /** Tells by name which weights of an untrained painter are zero, so that it begins silent. */
    public static boolean beginsAtZero(String name) {
        return name.startsWith("out.");
    }

    /**
     * @param portraits (b, 3, s, s) in [-1, 1], s a multiple of 16: whole, or the part with the face
     * @param regions   (b, 6, s/2, s/2), {@link FaceRegions} of the portraits
     */
    public PaintReference reference(Tensor portraits, Tensor regions) {
        return encoder.forward(portraits, regions);
    }

    /**
     * Moves portraits and paints what is missing.
     *
     * @return (b, 3, h, w) in [-1, 1], as large as {@code wanted}
     */
    public Tensor forward(PaintReference reference, FacePicture wanted) {
        try (Scope scope = new Scope()) {
            Tensor painted = paint(reference, wanted).over(reference.portraits(), wanted.places());
            return scope.keep(painted.clamp(new ScalarOptional(new Scalar(-1)), new ScalarOptional(new Scalar(1))));
        }
    }

    /** What is to be done to the moved portraits, or to a part of them. */
    public Paint paint(PaintReference reference, FacePicture wanted) {
        try (Scope scope = new Scope()) {
            Tensor places = wanted.places(), coarse = shrunk(places, 4);
            Tensor moved = wanted.moved(reference.portraits());
            Tensor input = Tensors.cat(1, torch.pixel_unshuffle(moved, 4), wanted.validity(),
                    torch.pixel_unshuffle(wanted.regions(), 2), Paint.sample(reference.regions(), coarse),
                    Paint.sample(reference.quarter(), coarse));
            Tensor quarter = quarterDown.forward(Activation.relu(stem.forward(Tensors.channelsLast(input))));
            Tensor known = Paint.sample(reference.eighth(), shrunk(places, 8));
            Tensor eighth = Tensors.cat(1, Activation.relu(toEighth.forward(quarter)), known);
            eighth = eighthDown.forward(Activation.relu(joinEighth.forward(Tensors.channelsLast(eighth))));
            Tensor deepest = modulated(toDeepest.forward(eighth), wanted.motion(), reference.summary());
            deepest = deepest2.forward(deepest1.forward(deepest));
            Tensor up = Upsample.nearestTwice(fromDeepest.forward(deepest)).add(eighth);
            up = Upsample.nearestTwice(fromEighth.forward(eighthUp.forward(up))).add(quarter);
            Tensor half = torch.pixel_shuffle(toHead.forward(quarterUp.forward(up)), 2);
            Tensor fine = Tensors.cat(1, torch.pixel_unshuffle(moved, 2), wanted.regions());
            half = Activation.relu(detail.forward(Tensors.channelsLast(fine)).add(half));
            Tensor all = out.forward(Activation.relu(head.forward(half)));
            Tensor flow = all.narrow(1, COLOURS + SMOOTH, FLOW).mul(new Scalar(FLOW_UNIT));
            return new Paint(scope.keep(Upsample.bilinear(flow.contiguous(), places.size(2), places.size(3))),
                    scope.keep(torch.pixel_shuffle(all.narrow(1, COLOURS, SMOOTH).contiguous(), 2)),
                    scope.keep(torch.pixel_shuffle(all.narrow(1, 0, COLOURS).contiguous(), 2)));
        }
    }

    /** The motion scales and shifts the deepest features. Perez et al. 2018. */
    private Tensor modulated(Tensor features, Tensor numbers, Tensor summary) {
        Tensor both = modulation.forward(Activation.relu(motion.forward(numbers).add(summary)));
        Tensor scaleAndShift = both.unsqueeze(2).unsqueeze(3);
        long channels = features.size(1);
        Tensor scale = scaleAndShift.narrow(1, 0, channels).add(new Scalar(1));
        return Activation.relu(features.mul(scale).add(scaleAndShift.narrow(1, channels, channels)));
    }

    private static Tensor shrunk(Tensor places, long times) {
        long[] square = {times, times};
        return torch.avg_pool2d(places, square, square, new long[] {0, 0}, false, true, new LongOptional());
    }
}
