package io.personalive.networks.layers;

import io.personalive.networks.PlainBlock;
import io.personalive.networks.paint.FaceRegions;
import io.personalive.networks.warp.Flow;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.Upsample;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Parts a portrait into the head and what lies behind it, once, so that no frame has to: a UNet (Ronneberger et al. 2015)
 * over half of the portrait's side. It is never told which pixel is which: it learns that from frames that it helps to make.
 */
public final class LayerNetwork {
    private static final int COLOURS = 3, PLACE = 2, HEAD = 1, FOLLOW = 1, BODY = 3;
    /**
     * What the last layer's zeros stand for: the face and a wide rim around it, for hair, belong to the head, and follow it.
     * A background that moves with the head looks better than hair that doesn't.
     */
    private static final double RIM = 60, FACE = 5, ELSEWHERE = -3, FOLLOWING = 2;
    /** How far less than at the beginning a pixel can belong to the head, and follow it: hair near the face does, lest it tears. */
    private static final double DOUBT = 2;
    /** The face is blurred twice over this part of the picture's side. */
    private static final int BLUR = 6;

    private final Conv2d stem, last, out;
    private final List<Conv2d> halving = new ArrayList<>(), narrowing = new ArrayList<>();
    private final List<PlainBlock> down = new ArrayList<>(), up = new ArrayList<>();

    public LayerNetwork(Weights at, LayerConfig config) {
        List<Integer> widths = config.widths();
        int finest = widths.get(0), levels = widths.size();
        stem = Conv2d.same(at.at("stem"), COLOURS + FaceRegions.CHANNELS + PLACE, finest);
        for (int level = 1; level < levels; level++) {
            Weights here = at.at("levels").at(level);
            halving.add(Conv2d.of(here.at("halving"), widths.get(level - 1), widths.get(level), 3, 2, 1));
            down.add(new PlainBlock(here.at("down"), widths.get(level)));
            up.add(new PlainBlock(here.at("up"), widths.get(level)));
            narrowing.add(Conv2d.of(here.at("narrowing"), widths.get(level), widths.get(level - 1), 1, 1, 0));
        }
        last = Conv2d.same(at.at("last"), finest, finest);
        out = Conv2d.same(at.at("out"), finest, HEAD + FOLLOW + BODY);
    }

    /** Tells by name which weights of an untrained network are zero. */
    public static boolean beginsAtZero(String name) {
        return name.startsWith("out.");
    }

    /**
     * @param portraits (b, 3, s, s) in [-1, 1], s a multiple of {@link LayerConfig#multiple}
     * @param regions   (b, 6, s/2, s/2), {@link FaceRegions} of the portraits
     */
    public PortraitLayers forward(Tensor portraits, Tensor regions) {
        return forward(portraits, regions, portraits);
    }

    /** @param parted (b, 3, t, t), the same portraits in the size that is to be parted */
    public PortraitLayers forward(Tensor portraits, Tensor regions, Tensor parted) {
        try (Scope scope = new Scope()) {
            long side = parted.size(2);
            Tensor maps = Upsample.bilinear(maps(portraits, regions), side, side);
            Tensor around = Upsample.bilinear(around(regions.narrow(1, FaceRegions.OVAL, 1)), side, side);
            Tensor least = around.sub(new Scalar(DOUBT));
            Tensor head = torch.sigmoid(torch.maximum(maps.narrow(1, 0, HEAD).add(around), least));
            Tensor follow = torch.sigmoid(torch.maximum(maps.narrow(1, HEAD, FOLLOW).add(new Scalar(FOLLOWING)), least));
            PortraitLayers layers = PortraitLayers.of(parted, head, follow, maps.narrow(1, HEAD + FOLLOW, BODY).contiguous());
            layers.tensors().forEach(scope::keep);
            return layers;
        }
    }

    /** @return (b, 1, h, w), above zero on and near the face, whose oval (b, 1, h, w) is given */
    private static Tensor around(Tensor oval) {
        Tensor share = blurred(blurred(oval)).mul(new Scalar(RIM)).add(new Scalar(ELSEWHERE));
        return share.clamp(new ScalarOptional(), new ScalarOptional(new Scalar(FACE)));
    }

    private static Tensor blurred(Tensor oval) {
        long half = Math.max(1, oval.size(2) / BLUR), window = 2 * half + 1;
        return torch.avg_pool2d(oval, new long[] {window, window}, new long[] {1, 1}, new long[] {half, half}, false, true, new LongOptional());
    }

    /** @return (b, 5, s/2, s/2) */
    private Tensor maps(Tensor portraits, Tensor regions) {
        try (Scope scope = new Scope()) {
            Tensor places = Flow.cells(regions.size(2)).permute(2, 0, 1).unsqueeze(0).expand(portraits.size(0), -1, -1, -1);
            Tensor seen = Tensors.cat(1, torch.avg_pool2d(portraits, 2, 2), regions,
                    places.to(portraits.device(), portraits.scalar_type()));
            List<Tensor> finer = new ArrayList<>();
            Tensor x = Activation.relu(stem.forward(Tensors.channelsLast(seen)));
            for (int level = 0; level < down.size(); level++) {
                finer.add(x);
                x = down.get(level).forward(Activation.relu(halving.get(level).forward(x)));
            }
            for (int level = down.size() - 1; level >= 0; level--) {
                x = Upsample.nearestTwice(narrowing.get(level).forward(up.get(level).forward(x))).add(finer.get(level));
            }
            return scope.keep(out.forward(Activation.relu(last.forward(x))));
        }
    }
}
