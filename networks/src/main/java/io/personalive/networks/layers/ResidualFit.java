package io.personalive.networks.layers;

import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.torch.LinearSystem;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Reads the {@link ResidualFlow} off a driver: the one that makes the first frame, moved as its layers are, look like the
 * frame at hand. Least squares by Gauss-Newton steps (Lucas and Kanade 1981), from coarse to fine pictures, in which what
 * fits nowhere counts little, so that what was hidden, or has changed its light, moves nothing.
 */
public final class ResidualFit {
    /** Side of the finest pictures that are compared. */
    public static final int SIDE = 64;

    private static final int[] SIDES = {SIDE / 2, SIDE};
    private static final int STEPS = 3;
    /** Colours that differ by so much, of a range of 2, count a quarter. */
    private static final double DIFFERENCE = 0.6;
    /** Of the head's grid, in head units: another portrait's hair and hat must not tear. */
    private static final Held HEAD = new Held(0.3, 1.5, 0.2);
    /** Of the face's, in head units: landmarks err by a few hundredths. */
    private static final Held FACE = new Held(0.05, 0.3, 0.1);
    /** Of the rest's, in half pictures. */
    private static final Held REST = new Held(0.05, 0.3, 0.4);

    /**
     * @param still    how much a displacement is held to none, against what pictures of usual contrast say
     * @param smooth   how much to its neighbours'
     * @param furthest a displacement at most
     */
    private record Held(double still, double smooth, double furthest) {}

    private final Tensor[] pictures = new Tensor[SIDES.length];
    private final PortraitLayers[] layers = new PortraitLayers[SIDES.length];
    private final HeadPose pose;

    /**
     * @param picture (b, 3, s, s) in [-1, 1], a driver's first frame
     * @param layers  of it
     * @param pose    in it
     */
    public ResidualFit(Tensor picture, PortraitLayers layers, HeadPose pose) {
        this.pose = pose;
        for (int level = 0; level < SIDES.length; level++) {
            pictures[level] = withSlopes(small(picture, SIDES[level]));
            this.layers[level] = layers.small(SIDES[level]);
        }
    }

    private static Tensor small(Tensor picture, int side) {
        return torch.adaptive_avg_pool2d(picture, side, side);
    }

    /** @return (b, 9, h, w), a picture, its slopes across, and down, per half picture */
    private static Tensor withSlopes(Tensor picture) {
        try (Scope scope = new Scope()) {
            return scope.keep(Tensors.cat(1, picture, slope(picture, 3), slope(picture, 2)));
        }
    }

    private static Tensor slope(Tensor picture, long dimension) {
        long side = picture.size(dimension);
        Tensor inner = picture.narrow(dimension, 2, side - 2).sub(picture.narrow(dimension, 0, side - 2)).mul(new Scalar(side / 4.0));
        Tensor none = inner.narrow(dimension, 0, 1).mul(new Scalar(0));
        return Tensors.cat(dimension, none, inner, none);
    }

    /**
     * @param flow of the head, from the first frame to this one, of any fineness
     * @param to   pose in this frame
     * @param now  (b, 3, s, s) in [-1, 1], this frame
     * @param near from where the search begins: the residual of the frame before, or none
     */
    public ResidualFlow fit(Flow flow, HeadPose to, Tensor now, ResidualFlow near) {
        try (Scope scope = new Scope()) {
            ResidualFlow found = near;
            for (int level = 0; level < SIDES.length; level++) {
                found = fit(level, flow, to, small(now, SIDES[level]), found);
            }
            return found.keep(scope);
        }
    }

    private ResidualFlow fit(int level, Flow flow, HeadPose to, Tensor now, ResidualFlow near) {
        int side = SIDES[level];
        PortraitLayers parted = layers[level];
        Tensor headBasis = ResidualFlow.headBasis(to, side, false).flatten(2, 3),
                faceBasis = ResidualFlow.headBasis(to, side, true).flatten(2, 3), restBasis = ResidualFlow.restBasis(side).flatten(2, 3);
        Tensor headUnit = to.scale().reshape(-1, 1, 1);
        ResidualFlow found = near;
        for (int step = 0; step < STEPS; step++) {
            Flow followed = parted.followed(flow, found, to);
            Tensor covered = followed.sample(parted.head());
            Tensor moved = followed.sample(pictures[level]);
            Tensor told = covered.mul(covered);
            Tensor head = stepped(found.head(), headBasis.mul(headUnit), moved, now, told, HEAD);
            Tensor face = stepped(found.face(), faceBasis.mul(headUnit), moved, now, told, FACE);
            Tensor places = parted.restPlaces(pose, to, found, side);
            Flow rest = new Flow(places);
            Tensor free = covered.add(rest.sample(parted.head())).neg().add(new Scalar(1)).clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional());
            Tensor behind = stepped(found.rest(), restBasis.expand(now.size(0), -1, -1), rest.sample(pictures[level]), now, free, REST);
            found = new ResidualFlow(head, face, behind);
        }
        return found;
    }

    /**
     * One Gauss-Newton step.
     *
     * @param grid   (b, 2, 8, 8), displacements so far
     * @param basis  (b, 64, n), how much each counts at each place
     * @param moved  (b, 9, h, w), the picture moved by them, with its slopes
     * @param now    (b, 3, h, w)
     * @param weight (b, 1, h, w), how much each place tells
     */
    private static Tensor stepped(Tensor grid, Tensor basis, Tensor moved, Tensor now, Tensor weight, Held bounds) {
        try (Scope scope = new Scope()) {
            long nodes = basis.size(1), places = basis.size(2), batch = now.size(0);
            Tensor missed = now.sub(moved.narrow(1, 0, 3)), across = moved.narrow(1, 3, 3), down = moved.narrow(1, 6, 3);
            Tensor outlier = sum(missed.mul(missed)).div(new Scalar(DIFFERENCE * DIFFERENCE)).add(new Scalar(1));
            Tensor trust = weight.div(outlier.mul(outlier)).flatten(2, 3).mul(new Scalar((double) nodes / places));
            Tensor xx = normal(basis, sum(across.mul(across)), trust), yy = normal(basis, sum(down.mul(down)), trust);
            Tensor xy = normal(basis, sum(across.mul(down)), trust);
            Tensor held = held(nodes, bounds);
            Tensor matrix = Tensors.cat(1, Tensors.cat(2, xx.add(held), xy), Tensors.cat(2, xy, yy.add(held)));
            Tensor right = Tensors.cat(2, side(basis, sum(across.mul(missed)), trust), side(basis, sum(down.mul(missed)), trust));
            Tensor before = grid.flatten(2, 3);
            Tensor pull = before.matmul(held).flatten(1, 2).unsqueeze(1);
            Tensor change = LinearSystem.solve(matrix, right.sub(pull).transpose(1, 2));
            Tensor after = before.add(change.reshape(batch, 2, nodes));
            return scope.keep(after.clamp(new ScalarOptional(new Scalar(-bounds.furthest())), new ScalarOptional(new Scalar(bounds.furthest())))
                    .reshape(batch, 2, ResidualFlow.SIDE, ResidualFlow.SIDE));
        }
    }

    private static Tensor sum(Tensor colours) {
        return colours.sum(new long[] {1}, true, new ScalarTypeOptional());
    }

    private static Tensor normal(Tensor basis, Tensor product, Tensor trust) {
        return basis.mul(product.flatten(2, 3).mul(trust)).matmul(basis.transpose(1, 2));
    }

    private static Tensor side(Tensor basis, Tensor product, Tensor trust) {
        return product.flatten(2, 3).mul(trust).matmul(basis.transpose(1, 2));
    }

    /** @return (64, 64): the square of displacements, and of differences between neighbours, as a quadratic form */
    private static Tensor held(long nodes, Held bounds) {
        int side = ResidualFlow.SIDE, all = Math.toIntExact(nodes);
        float[] form = new float[all * all];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int at = y * side + x;
                form[at * all + at] += (float) bounds.still();
                if (x + 1 < side) {
                    joined(form, all, at, at + 1, bounds.smooth());
                }
                if (y + 1 < side) {
                    joined(form, all, at, at + side, bounds.smooth());
                }
            }
        }
        return Tensors.of(form, nodes, nodes);
    }

    private static void joined(float[] form, int all, int one, int other, double smooth) {
        form[one * all + one] += (float) smooth;
        form[other * all + other] += (float) smooth;
        form[one * all + other] -= (float) smooth;
        form[other * all + one] -= (float) smooth;
    }
}
