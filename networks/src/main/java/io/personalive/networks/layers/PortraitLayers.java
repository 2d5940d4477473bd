package io.personalive.networks.layers;

import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Upsample;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Portraits in two layers: the head, which the flow moves, and the rest, which stays or is drawn along a little.
 *
 * @param head   (b, 1, s, s) in [0, 1], how much of a pixel belongs to the head
 * @param follow (b, 1, s, s) in [0, 1], how far it follows the flow there: the ends of long hair don't
 * @param body   (b, 3, s, s), how far the rest follows the head's place, across and down, and its growth: 0 stands still
 * @param behind (b, 3, s, s) in [-1, 1], the portraits without heads: what was around them fills their places
 */
public record PortraitLayers(Tensor head, Tensor follow, Tensor body, Tensor behind) {
    private static final long BILINEAR = 0, REPEAT_BORDER = 1;
    /** A pixel that belongs to the head by half gives next to nothing of its colour to what lies behind. */
    private static final double PURITY = 4;
    /** From this share of known pixels on, the coarser level isn't asked. */
    private static final double KNOWN = 0.5;
    private static final double EPSILON = 1e-4;

    /** All but {@code behind} is given, of portraits (b, 3, s, s) in [-1, 1]. */
    static PortraitLayers of(Tensor portraits, Tensor head, Tensor follow, Tensor body) {
        try (Scope scope = new Scope()) {
            Tensor rest = head.neg().add(new Scalar(1));
            Tensor filled = fill(portraits, rest.pow(new Scalar(PURITY)));
            return new PortraitLayers(head, follow, body, scope.keep(portraits.add(filled.sub(portraits).mul(head))));
        }
    }

    /** Colours where the weight is small come from around, by pulling and pushing. Gortler et al. 1996. */
    private static Tensor fill(Tensor pictures, Tensor weight) {
        List<Tensor> colours = new ArrayList<>(List.of(pictures.mul(weight))), weights = new ArrayList<>(List.of(weight));
        for (int level = 0; weights.get(level).size(2) % 2 == 0; level++) {
            colours.add(torch.avg_pool2d(colours.get(level), 2, 2));
            weights.add(torch.avg_pool2d(weights.get(level), 2, 2));
        }
        Tensor filled = null;
        for (int level = weights.size() - 1; level >= 0; level--) {
            Tensor here = colours.get(level).div(weights.get(level).add(new Scalar(EPSILON)));
            if (filled != null) {
                Tensor known = weights.get(level).div(new Scalar(KNOWN)).clamp(new ScalarOptional(), new ScalarOptional(new Scalar(1)));
                Tensor coarse = Upsample.bilinear(filled, here.size(2), here.size(3));
                here = coarse.add(here.sub(coarse).mul(known));
            }
            filled = here;
        }
        return filled;
    }

    /** All tensors, for who keeps them. */
    public List<Tensor> tensors() {
        return List.of(head, follow, body, behind);
    }

    /** @return the same layers of smaller pictures */
    public PortraitLayers small(long side) {
        return new PortraitLayers(small(head, side), small(follow, side), small(body, side), small(behind, side));
    }

    private static Tensor small(Tensor maps, long side) {
        return torch.adaptive_avg_pool2d(maps, side, side);
    }

    /**
     * @param flow     of the head, of any fineness
     * @param residual what else moves
     * @param to       pose to show
     * @return the flow that its layer takes, as fine as the portraits
     */
    public Flow followed(Flow flow, ResidualFlow residual, HeadPose to) {
        try (Scope scope = new Scope()) {
            long side = head.size(2);
            Tensor still = cells(head), places = Upsample.bilinear(flow.places(), side, side);
            Tensor moved = still.add(places.sub(still).mul(flow.sample(follow)));
            return new Flow(scope.keep(moved.add(residual.headAt(to, side))));
        }
    }

    /** @return (b, 2, side, side), where what is behind the heads comes from, in half pictures */
    Tensor restPlaces(HeadPose from, HeadPose to, ResidualFlow residual, long side) {
        try (Scope scope = new Scope()) {
            Tensor still = cells(head);
            Tensor shift = from.translation().sub(to.translation()).reshape(-1, 2, 1, 1);
            Tensor growth = from.scale().div(to.scale()).sub(new Scalar(1)).reshape(-1, 1, 1, 1);
            Tensor around = still.sub(to.translation().reshape(-1, 2, 1, 1));
            Tensor places = still.add(body.narrow(1, 0, 2).mul(shift)).add(around.mul(growth).mul(body.narrow(1, 2, 1)));
            return scope.keep(places.add(residual.restAt(side)));
        }
    }

    /**
     * Lays moved heads over what is behind them.
     *
     * @param moved    (b, 3, s, s) in [-1, 1], portraits moved by {@code flow}, and painted over
     * @param flow     as {@link #followed} gives it
     * @param from     poses in the portraits
     * @param to       poses to show
     * @param residual what else moves
     * @return (b, 3, s, s)
     */
    public Tensor over(Tensor moved, Flow flow, HeadPose from, HeadPose to, ResidualFlow residual) {
        try (Scope scope = new Scope()) {
            Tensor places = restPlaces(from, to, residual, head.size(2));
            Tensor rest = torch.grid_sampler(behind, places.permute(0, 2, 3, 1), BILINEAR, REPEAT_BORDER, false);
            return scope.keep(rest.add(moved.sub(rest).mul(flow.sample(head))));
        }
    }

    /** @return (1, 2, s, s), where each pixel is */
    private static Tensor cells(Tensor like) {
        return Flow.cells(like.size(2)).permute(2, 0, 1).unsqueeze(0).to(like.device(), like.scalar_type());
    }
}
