package io.personalive.training.preparation;

import io.personalive.media.face.FaceFraming;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The square around head and shoulders that stands still for a whole piece of video. */
final class SteadyWindow {
    /** What must be around a face for its head to be in the window, in widths of the face. */
    private static final double HEAD = 1.4;

    private SteadyWindow() {}

    /** @return the window, pixels; empty if the head doesn't stay in any, or no face was seen */
    static Optional<Rectangle> of(VideoScan scan, Segment segment) {
        List<Rectangle2D.Double> faces = scan.looks().stream()
                .filter(look -> look.face() != null && look.frame() >= segment.first() && look.frame() < segment.end())
                .map(FaceLook::face).toList();
        if (faces.isEmpty()) {
            return Optional.empty();
        }
        double width = median(faces, face -> face.width);
        Rectangle2D.Double all = around(faces.get(0));
        faces.forEach(face -> all.add(around(face)));
        // a head that moves needs more room, around the middle of its way
        double moved = Math.max(all.width, all.height) - HEAD * width;
        double grown = width + Math.max(0, moved) * FaceFraming.FACE_WIDTH;
        Rectangle2D.Double typical = new Rectangle2D.Double(all.getCenterX() - grown / 2, all.getCenterY() - grown / 2, grown, grown);
        Rectangle window = FaceFraming.around(typical, scan.width(), scan.height());
        return contains(window, faces) ? Optional.of(window) : Optional.empty();
    }

    private static Rectangle2D.Double around(Rectangle2D.Double face) {
        double side = HEAD * face.width;
        return new Rectangle2D.Double(face.getCenterX() - side / 2, face.getCenterY() - side / 2, side, side);
    }

    /** The faces themselves, and most of the heads. */
    private static boolean contains(Rectangle window, List<Rectangle2D.Double> faces) {
        return faces.stream().allMatch(face -> window.contains(face.getCenterX(), face.getCenterY()))
                && faces.stream().filter(face -> window.contains(face)).count() >= 0.9 * faces.size();
    }

    private static double median(List<Rectangle2D.Double> faces, ToDoubleFunction<Rectangle2D.Double> of) {
        double[] values = faces.stream().mapToDouble(of).toArray();
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
