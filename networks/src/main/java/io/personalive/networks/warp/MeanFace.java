package io.personalive.networks.warp;

import io.personalive.torch.Tensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The mean of many faces that look into the camera: 129 landmarks in the head frame. x to the picture's right, y down,
 * z away from the camera; the origin lies midway between the sides of the face before the ears; the unit is the
 * distance between the eyes' centres. Left and right are the person's own.
 */
public final class MeanFace {
    /** Landmarks of a face. */
    public static final int POINTS = 129;

    private static final String FILE = "mean-face.csv";
    private static final List<String[]> ROWS = read();

    private MeanFace() {}

    /** @return (129, 3) float32 on the processor */
    public static Tensor points() {
        float[] values = new float[3 * POINTS];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(ROWS.get(i / 3)[1 + i % 3]);
        }
        return Tensors.of(values, POINTS, 3);
    }

    /**
     * @param name {@code right_iris}, {@code left_eye}, {@code right_brow}, {@code lips_outer}, {@code nose}, {@code oval}, …
     * @return numbers of the group's landmarks
     * @throws IllegalArgumentException if there is no such group
     */
    public static long[] group(String name) {
        long[] found = IntStream.range(0, POINTS).filter(i -> ROWS.get(i)[0].equals(name)).asLongStream().toArray();
        if (found.length == 0) {
            throw new IllegalArgumentException("landmark group '" + name + "' is unknown: use one of "
                    + String.join(", ", ROWS.stream().map(row -> row[0]).distinct().toList()));
        }
        return found;
    }

    /** @return numbers of the landmarks that hardly move with expression */
    public static long[] rigid() {
        return IntStream.range(0, POINTS).filter(i -> rigidWeight(i) > 0).asLongStream().toArray();
    }

    /** How much a landmark counts in the fit of a pose; 0 for one that moves with expression. */
    static float rigidWeight(int landmark) {
        return Float.parseFloat(ROWS.get(landmark)[5]);
    }

    /** @return for each landmark the number of the one that takes its place when a picture is mirrored */
    public static long[] mirror() {
        return ROWS.stream().mapToLong(row -> Long.parseLong(row[4])).toArray();
    }

    private static List<String[]> read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(MeanFace.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split(",")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
