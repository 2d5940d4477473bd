package io.personalive.networks.landmark;

import java.util.List;

/**
 * Sizes of a landmark network.
 *
 * @param pictureSize  side of the picture in which the face is looked for, pixels
 * @param searchWidths widths of the tower that finds the face, one a halving
 * @param faceSize     side of the face that is cut out for its points, pixels
 * @param faceWidths   widths of the tower that reads the points, one a halving
 * @param blocks       residual blocks after each halving but the first
 * @param groups       groups of every group norm; divides all widths
 * @param features     numbers that a tower sums its picture up in
 * @param points       landmarks of a face
 */
public record LandmarkConfig(int pictureSize, List<Integer> searchWidths, int faceSize, List<Integer> faceWidths,
        int blocks, int groups, int features, int points) {
    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public LandmarkConfig {
        searchWidths = List.copyOf(searchWidths);
        faceWidths = List.copyOf(faceWidths);
        tower("search_widths", searchWidths, "picture_size", pictureSize, groups);
        tower("face_widths", faceWidths, "face_size", faceSize, groups);
        positive("blocks", blocks);
        positive("features", features);
        positive("points", points);
    }

    /** The embedded model's: 0.3 GFLOP a picture. */
    public static LandmarkConfig nano(int points) {
        return new LandmarkConfig(128, List.of(16, 24, 48, 96), 128, List.of(24, 32, 64, 128), 2, 8, 256, points);
    }

    private static void tower(String name, List<Integer> widths, String sizeName, int size, int groups) {
        positive("groups", groups);
        if (widths.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty, expected one width a halving, such as [16, 32, 64]");
        }
        for (int width : widths) {
            if (width <= 0 || width % groups != 0) {
                throw new IllegalArgumentException(
                        name + " has " + width + ", expected multiples of groups, " + groups);
            }
        }
        if (size <= 0 || size % (1 << widths.size()) != 0) {
            throw new IllegalArgumentException(sizeName + " is " + size + ", expected a multiple of "
                    + (1 << widths.size()) + ": " + name + " halves it " + widths.size() + " times");
        }
    }

    private static void positive(String field, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(field + " is " + value + ", expected a positive whole number");
        }
    }
}
