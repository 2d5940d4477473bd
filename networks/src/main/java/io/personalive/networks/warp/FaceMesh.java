package io.personalive.networks.warp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Triangles between a face's landmarks, irises left out: lids and lips are edges of it, eyes and mouth are filled. */
final class FaceMesh {
    private static final String FILE = "face-mesh.csv";
    private static final int[][] TRIANGLES = read();

    private FaceMesh() {}

    /**
     * Spreads values of landmarks over a picture, linearly within each triangle.
     *
     * @param points (129 * 2), where the landmarks are, in half pictures
     * @param values (129 * 2), at the landmarks
     * @param side   cells of the picture along a side
     * @param add    (2 * side * side), to which the values are added, at the cells' middles; outside the face nothing is
     */
    static void spread(float[] points, float[] values, int side, float[] add) {
        boolean[] done = new boolean[side * side];
        for (int[] triangle : TRIANGLES) {
            spread(triangle, points, values, side, add, done);
        }
    }

    private static void spread(int[] triangle, float[] points, float[] values, int side, float[] add, boolean[] done) {
        double[] x = new double[3], y = new double[3];
        for (int k = 0; k < 3; k++) {
            x[k] = (points[2 * triangle[k]] + 1) * side / 2 - 0.5;
            y[k] = (points[2 * triangle[k] + 1] + 1) * side / 2 - 0.5;
        }
        double area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]);
        if (Math.abs(area) < 1e-9) {
            return;
        }
        int left = first(x), right = last(x, side), top = first(y), bottom = last(y, side);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double second = ((column - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (row - y[0])) / area;
                double third = ((x[1] - x[0]) * (row - y[0]) - (column - x[0]) * (y[1] - y[0])) / area;
                int cell = row * side + column;
                if (second < 0 || third < 0 || second + third > 1 || done[cell]) {
                    continue;
                }
                done[cell] = true; // a cell on an edge belongs to one triangle
                for (int axis = 0; axis < 2; axis++) {
                    add[axis * side * side + cell] += (float) ((1 - second - third) * values[2 * triangle[0] + axis]
                            + second * values[2 * triangle[1] + axis] + third * values[2 * triangle[2] + axis]);
                }
            }
        }
    }

    private static int first(double[] places) {
        return (int) Math.max(0, Math.ceil(Math.min(places[0], Math.min(places[1], places[2]))));
    }

    private static int last(double[] places, int side) {
        return (int) Math.min(side - 1, Math.floor(Math.max(places[0], Math.max(places[1], places[2]))));
    }

    private static int[][] read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(FaceMesh.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> Stream.of(line.split(",")).mapToInt(Integer::parseInt).toArray())
                    .toArray(int[][]::new);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
