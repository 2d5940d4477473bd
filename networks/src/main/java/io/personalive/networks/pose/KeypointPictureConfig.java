package io.personalive.networks.pose;

import java.util.List;

/**
 * How a head's pose is drawn. The drawn keypoints are also those that a face's box is laid around.
 *
 * @param keypoints numbers of the keypoints, from 0
 * @param radius    of their discs, in pixels
 * @param colours   red, green, blue of each, 0 to 255
 */
public record KeypointPictureConfig(List<Integer> keypoints, int radius, List<List<Integer>> colours) {
    private static final int CHANNELS = 3, BRIGHTEST = 255;

    /** The authors'. */
    public static final KeypointPictureConfig OFFICIAL = new KeypointPictureConfig(List.of(1, 2, 3, 4, 12, 15, 20), 4,
            List.of(List.of(255, 0, 0), List.of(255, 255, 0), List.of(0, 255, 0), List.of(0, 255, 255),
                    List.of(0, 0, 255), List.of(255, 0, 255), List.of(255, 0, 85)));

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public KeypointPictureConfig {
        keypoints = List.copyOf(keypoints);
        colours = colours.stream().map(List::copyOf).toList();
        if (keypoints.isEmpty() || keypoints.stream().anyMatch(number -> number < 0)
                || keypoints.stream().distinct().count() < keypoints.size()) {
            throw new IllegalArgumentException("keypoint_picture.keypoints is " + keypoints
                    + ", expected numbers of keypoints from 0 on, each once");
        }
        if (radius < 0 || radius > 64) {
            throw new IllegalArgumentException("keypoint_picture.radius is " + radius + ", expected 0 to 64 pixels");
        }
        if (colours.size() != keypoints.size() || !colours.stream().allMatch(KeypointPictureConfig::isColour)) {
            throw new IllegalArgumentException("keypoint_picture.colours is " + colours + ", expected for each of the "
                    + keypoints.size() + " keypoints red, green and blue from 0 to 255");
        }
    }

    private static boolean isColour(List<Integer> colour) {
        return colour.size() == CHANNELS && colour.stream().allMatch(part -> part >= 0 && part <= BRIGHTEST);
    }
}
