package io.personalive.media.face;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Tells which faces of several pictures of a scene belong to the same person: those that lie close to one another. */
final class FaceGroups {
    /** Further apart, in widths of a face, are two persons. */
    private static final double SAME = 1;
    /** So many times larger or smaller is another person. */
    private static final double SAME_SIZE = 2;

    private final List<List<Rectangle2D.Double>> groups = new ArrayList<>();
    private int pictures;

    /** Takes note of the faces of the next picture. */
    void add(List<Rectangle2D.Double> faces) {
        pictures++;
        for (Rectangle2D.Double face : faces) {
            groups.stream().filter(group -> nearest(group, face).isPresent()).findFirst().ifPresentOrElse(
                    group -> group.add(face), () -> groups.add(new ArrayList<>(List.of(face))));
        }
    }

    /** A face for each person, the median of hers; what shows in fewer than half of the pictures is no person, if something else is. */
    List<Rectangle2D.Double> persons() {
        int most = groups.stream().mapToInt(List::size).max().orElse(0);
        int least = Math.min(most, (pictures + 1) / 2);
        return groups.stream().filter(group -> group.size() >= least).map(FaceGroups::median).toList();
    }

    /** @return of some faces the nearest to where a face was, if it can be the same person's */
    static Optional<Rectangle2D.Double> nearest(List<Rectangle2D.Double> faces, Rectangle2D.Double place) {
        return faces.stream()
                .filter(face -> distance(face, place) <= SAME * place.width
                        && face.width < SAME_SIZE * place.width && place.width < SAME_SIZE * face.width)
                .min(Comparator.comparingDouble(face -> distance(face, place)));
    }

    private static double distance(Rectangle2D.Double one, Rectangle2D.Double other) {
        return Math.hypot(one.getCenterX() - other.getCenterX(), one.getCenterY() - other.getCenterY());
    }

    private static Rectangle2D.Double median(List<Rectangle2D.Double> faces) {
        double side = median(faces, face -> face.width);
        return new Rectangle2D.Double(median(faces, Rectangle2D::getCenterX) - side / 2, median(faces, Rectangle2D::getCenterY) - side / 2, side, side);
    }

    private static double median(List<Rectangle2D.Double> faces, ToDoubleFunction<Rectangle2D.Double> of) {
        double[] values = faces.stream().mapToDouble(of).toArray();
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
