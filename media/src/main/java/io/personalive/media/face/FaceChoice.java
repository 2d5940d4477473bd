package io.personalive.media.face;

import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of several faces is followed.
 *
 * @param place 0 for the largest, of those about as large the one nearer to the middle; 1 for the leftmost in the picture, 2 for the one
 *              beside it, and so on; -1 for the rightmost
 */
public record FaceChoice(int place) {
    public static final FaceChoice LARGEST = new FaceChoice(0);
    /** So many pixels nearer to the middle count as much as one of the face's width. */
    private static final double MIDDLE = 10;
    /** The rightmost. */
    private static final FaceChoice RIGHT = new FaceChoice(-1);

    /**
     * @param text {@code largest}, {@code left}, {@code right}, or a number from the left, from 1
     * @throws IllegalArgumentException if it is none of these
     */
    public static FaceChoice parse(String text) {
        return switch (text) {
            case "largest" -> LARGEST;
            case "left" -> new FaceChoice(1);
            case "right" -> RIGHT;
            default -> {
                if (!text.matches("[1-9]\\d?")) {
                    throw new IllegalArgumentException("face '" + text + "' is unknown: use largest, left, right, or a number from the left, from 1");
                }
                yield new FaceChoice(Integer.parseInt(text));
            }
        };
    }

    /**
     * @param faces  squares around faces, pixels
     * @param width  of the picture, pixels
     * @param height of the picture, pixels
     * @return the one that is meant; empty if there are not so many
     */
    Optional<Rectangle2D.Double> of(List<Rectangle2D.Double> faces, int width, int height) {
        if (this.equals(LARGEST)) {
            return faces.stream().max(Comparator.comparingDouble(face -> face.width
                    - Math.hypot(face.getCenterX() - width / 2.0, face.getCenterY() - height / 2.0) / MIDDLE));
        }
        List<Rectangle2D.Double> sorted = faces.stream().sorted(Comparator.comparingDouble(Rectangle2D::getCenterX)).toList();
        int index = place > 0 ? place - 1 : faces.size() + place;
        return index >= 0 && index < faces.size() ? Optional.of(sorted.get(index)) : Optional.empty();
    }
}
