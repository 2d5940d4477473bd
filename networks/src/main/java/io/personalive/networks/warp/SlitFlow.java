package io.personalive.networks.warp;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Upsample;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Tears a flow where a face is open. Lids and lips touch and part; a smooth map of the plane can't follow that: it shows
 * half an eye where the lid is shut, and lips smeared over the open mouth. Here each edge brings its own skin up to
 * where the edge is wanted, and what lies between two edges stays between them.
 */
public final class SlitFlow {
    /** How far an edge is felt, across and beyond the corners, in widths of the opening. */
    private static final double ACROSS = 0.6, BEYOND = 0.3;
    private static final int EYE_POINTS = 16, LIP_POINTS = 20;
    private static final Opening[] OPENINGS = {
            opening(10, EYE_POINTS, false, true), opening(26, EYE_POINTS, true, true), opening(82, LIP_POINTS, false, false)};

    /** @param smooth whether what is inside follows the smooth flow, as an iris does, or lies evenly between the edges */
    private record Opening(int[] upper, int[] lower, boolean smooth) {}

    private SlitFlow() {}

    /** @param turned whether the ring of points begins at the person's left corner; the upper edge comes first */
    private static Opening opening(int first, int count, boolean turned, boolean smooth) {
        int half = count / 2;
        int[] upper = IntStream.rangeClosed(0, half).map(i -> first + (turned ? half - i : i)).toArray();
        int[] lower = IntStream.rangeClosed(0, half).map(i -> first + (turned ? half + i : count - i) % count).toArray();
        return new Opening(upper, lower, smooth);
    }

    /**
     * @param flow      smooth, of b frames
     * @param portraits (b, 129, 2), the portraits' landmarks, in half pictures
     * @param wanted    (b, 129, 2), where they are in the result
     * @param side      of the result, in pixels; edges are as sharp as that
     * @return a flow of side x side cells, on the processor
     */
    public static Flow torn(Flow flow, Tensor portraits, Tensor wanted, int side) {
        try (Scope scope = new Scope()) {
            int frames = (int) wanted.size(0), points = (int) wanted.size(1);
            Tensor fine = Upsample.bilinear(flow.places(), side, side);
            float[] places = Tensors.floats(fine), from = Tensors.floats(portraits), to = Tensors.floats(wanted);
            for (int frame = 0; frame < frames; frame++) {
                int begin = 2 * points * frame;
                float[] portrait = java.util.Arrays.copyOfRange(from, begin, begin + 2 * points);
                float[] shown = java.util.Arrays.copyOfRange(to, begin, begin + 2 * points);
                for (Opening opening : OPENINGS) {
                    tear(places, 2 * side * side * frame, side, opening, new Slit(portrait, opening.upper, opening.lower),
                            new Slit(shown, opening.upper, opening.lower));
                }
            }
            return new Flow(scope.keep(Tensors.of(places, frames, 2, side, side)));
        }
    }

    private static void tear(float[] places, int begin, int side, Opening opening, Slit portrait, Slit wanted) {
        float[] up = corrections(places, begin, side, wanted.upper(), portrait.upper());
        float[] down = corrections(places, begin, side, wanted.lower(), portrait.lower());
        double reach = (ACROSS + BEYOND) * wanted.width();
        int left = pixel(extreme(wanted, 0, -1) - reach, side), right = pixel(extreme(wanted, 0, 1) + reach, side);
        int top = pixel(extreme(wanted, 1, -1) - reach, side), bottom = pixel(extreme(wanted, 1, 1) + reach, side);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double x = (2 * column + 1.0) / side - 1, y = (2 * row + 1.0) / side - 1;
                double along = wanted.along(x, y), across = wanted.across(x, y);
                double beyond = Math.max(0, Math.max(-along, along - 1)) / BEYOND;
                if (beyond >= 1) {
                    continue;
                }
                double onUpper = wanted.passes(wanted.upper(), along), onLower = wanted.passes(wanted.lower(), along);
                double above = across(wanted, wanted.upper(), onUpper), below = across(wanted, wanted.lower(), onLower);
                double middle = (above + below) / 2;
                for (int axis = 0; axis < 2; axis++) {
                    int at = begin + (axis * side + row) * side + column;
                    double upper = Slit.at(up, onUpper, axis), lower = Slit.at(down, onLower, axis);
                    if (across > above && across < below) {
                        double part = (across - above) / (below - above);
                        places[at] = (float) (opening.smooth ? places[at] + upper + part * (lower - upper)
                                : Slit.at(portrait.upper(), onUpper, axis) * (1 - part) + Slit.at(portrait.lower(), onLower, axis) * part);
                    } else if (across <= middle) {
                        places[at] += (float) (upper * felt((above - across) / ACROSS) * felt(beyond));
                    } else {
                        places[at] += (float) (lower * felt((across - below) / ACROSS) * felt(beyond));
                    }
                }
            }
        }
    }

    private static double across(Slit slit, float[] edge, double place) {
        return slit.across(Slit.at(edge, place, 0), Slit.at(edge, place, 1));
    }

    /** @return for each point of an edge, what the smooth flow lacks to lead to the portrait's edge */
    private static float[] corrections(float[] places, int begin, int side, float[] wanted, float[] portrait) {
        float[] lacking = new float[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            lacking[i] = portrait[i] - sample(places, begin + (i % 2) * side * side, side, wanted[i - i % 2], wanted[i - i % 2 + 1]);
        }
        return lacking;
    }

    private static float sample(float[] plane, int begin, int side, float x, float y) {
        double column = Math.max(0, Math.min(side - 1.001, (x + 1) * side / 2 - 0.5));
        double row = Math.max(0, Math.min(side - 1.001, (y + 1) * side / 2 - 0.5));
        int left = (int) column, top = (int) row;
        double partX = column - left, partY = row - top;
        int at = begin + top * side + left;
        double above = plane[at] * (1 - partX) + plane[at + 1] * partX;
        double below = plane[at + side] * (1 - partX) + plane[at + side + 1] * partX;
        return (float) (above * (1 - partY) + below * partY);
    }

    /** Falls from 1 at 0 to 0 at 1, level at both. */
    private static double felt(double distance) {
        double near = 1 - Math.max(0, Math.min(1, distance));
        return near * near * (3 - 2 * near);
    }

    private static double extreme(Slit slit, int axis, int sign) {
        double most = Double.NEGATIVE_INFINITY;
        for (float[] edge : new float[][] {slit.upper(), slit.lower()}) {
            for (int i = axis; i < edge.length; i += 2) {
                most = Math.max(most, sign * edge[i]);
            }
        }
        return sign * most;
    }

    private static int pixel(double place, int side) {
        return (int) Math.max(0, Math.min(side - 1, Math.floor((place + 1) * side / 2)));
    }
}
