package io.personalive.training.evaluation;

import io.personalive.networks.warp.MeanFace;
import io.personalive.training.data.FaceLabels;
import java.awt.Rectangle;
import java.util.Locale;
import java.util.Optional;

/** Where pictures are compared. */
public enum Region {
    PICTURE(0), MOUTH(0.25, "lips_outer"), EYES(0.15, "right_eye", "left_eye");

    /** How far a box reaches beyond its landmarks, in its own widths. */
    private final double margin;
    private final String[] groups;

    Region(double margin, String... groups) {
        this.margin = margin;
        this.groups = groups;
    }

    /** Its name in a report. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param face in pixels of the picture; null where it isn't known
     * @param side of the picture, pixels
     * @return the part to compare; empty where it isn't known, or too small to be compared
     */
    Optional<Rectangle> box(FaceLabels face, int side) {
        Rectangle whole = new Rectangle(side, side);
        if (groups.length == 0) {
            return Optional.of(whole);
        }
        if (face == null || !face.valid()) {
            return Optional.empty();
        }
        double left = Double.POSITIVE_INFINITY, top = left, right = Double.NEGATIVE_INFINITY, bottom = right;
        for (String group : groups) {
            for (long point : MeanFace.group(group)) {
                float x = face.landmarks()[2 * (int) point], y = face.landmarks()[2 * (int) point + 1];
                left = Math.min(left, x);
                right = Math.max(right, x);
                top = Math.min(top, y);
                bottom = Math.max(bottom, y);
            }
        }
        double beyond = margin * (right - left);
        int x = (int) Math.floor(left - beyond), y = (int) Math.floor(top - beyond);
        Rectangle box = new Rectangle(x, y, (int) Math.ceil(right + beyond) - x, (int) Math.ceil(bottom + beyond) - y).intersection(whole);
        return box.width < PictureDistance.WINDOW || box.height < PictureDistance.WINDOW ? Optional.empty() : Optional.of(box);
    }
}
