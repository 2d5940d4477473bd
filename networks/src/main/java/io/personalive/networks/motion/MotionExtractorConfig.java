package io.personalive.networks.motion;

import java.util.List;

/**
 * Sizes of the motion extractor.
 *
 * @param imageSize side of its pictures, in pixels
 * @param depths    blocks of each stage
 * @param widths    of each stage; the first is at a quarter of the picture, each further one halves again
 * @param keypoints of a face
 * @param angleBins of three degrees each, around 0
 */
public record MotionExtractorConfig(int imageSize, List<Integer> depths, List<Integer> widths, int keypoints,
        int angleBins) {
    /** ConvNeXt V2 tiny, as the authors use it. */
    public static final MotionExtractorConfig OFFICIAL =
            new MotionExtractorConfig(256, List.of(3, 3, 9, 3), List.of(96, 192, 384, 768), 21, 66);

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public MotionExtractorConfig {
        depths = List.copyOf(depths);
        widths = List.copyOf(widths);
        if (widths.isEmpty() || widths.size() > 6 || widths.stream().anyMatch(width -> width < 1)) {
            throw wrong("widths", widths, "one to six positive whole numbers, one a stage");
        }
        if (depths.size() != widths.size() || depths.stream().anyMatch(depth -> depth < 1)) {
            throw wrong("depths", depths, "a positive whole number for each of the " + widths.size() + " stages");
        }
        int halved = 2 << widths.size();
        if (imageSize < halved || imageSize % halved != 0 || imageSize > 1024) {
            throw wrong("image_size", imageSize, "a multiple of " + halved + " up to 1024: its " + widths.size()
                    + " stages make the picture so many times smaller");
        }
        if (keypoints < 1) {
            throw wrong("keypoints", keypoints, "a positive whole number");
        }
        if (angleBins < 2 || angleBins > 120) {
            throw wrong("angle_bins", angleBins, "2 to 120 bins of three degrees");
        }
    }

    /** Numbers that describe a picture. */
    int features() {
        return widths.get(widths.size() - 1);
    }

    private static IllegalArgumentException wrong(String field, Object value, String right) {
        return new IllegalArgumentException("motion_extractor." + field + " is " + value + ", expected " + right);
    }
}
