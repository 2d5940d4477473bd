package io.personalive.media.face;

import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * The square window around head and shoulders that the networks expect. The constants are medians over talking-head
 * clips and portraits framed as in training: where the detector's box sits in them.
 */
public final class FaceFraming implements AutoCloseable {
    /** The face's width, in widths of the window. */
    public static final double FACE_WIDTH = 0.48;
    /** The middle of the face in the window, 0 to 1 from the left and from the top. */
    static final double FACE_X = 0.5;
    static final double FACE_Y = 0.46;

    // Nine in ten of the clips that were framed for training lie within these.
    private static final double NARROWEST = 0.38;
    private static final double WIDEST = 0.72;
    private static final double FARTHEST_X = 0.12;
    private static final double FARTHEST_Y = 0.15;

    private final FaceDetector detector = new FaceDetector();

    /**
     * @param picture TYPE_3BYTE_BGR
     * @return the square to cut out, inside the picture; the whole picture if it is framed like that already; empty if
     *         no face is found
     */
    public Optional<Rectangle> window(BufferedImage picture) {
        int width = picture.getWidth(), height = picture.getHeight();
        return FaceChoice.LARGEST.of(detector.find(picture), width, height).map(face -> around(face, width, height));
    }

    /** How many faces there are. @param picture TYPE_3BYTE_BGR */
    public int count(BufferedImage picture) {
        return detector.find(picture).size();
    }

    /** The window for a face in a picture of this size, pixels. */
    public static Rectangle around(Rectangle2D.Double face, int width, int height) {
        if (width == height && isFramed(face, new Rectangle(width, height))) {
            return new Rectangle(width, height);
        }
        // Near an edge the window is moved into the picture, and made smaller only if the picture is too small for it.
        int side = (int) Math.max(1, Math.min(Math.round(face.width / FACE_WIDTH), Math.min(width, height)));
        int x = (int) Math.round(face.getCenterX() - FACE_X * side);
        int y = (int) Math.round(face.getCenterY() - FACE_Y * side);
        return new Rectangle(Math.max(0, Math.min(x, width - side)), Math.max(0, Math.min(y, height - side)), side, side);
    }

    /** Whether the face lies in the window as in what the networks were trained on. */
    static boolean isFramed(Rectangle2D.Double face, Rectangle window) {
        double size = face.width / window.width;
        double x = (face.getCenterX() - window.x) / window.width;
        double y = (face.getCenterY() - window.y) / window.height;
        return size >= NARROWEST && size <= WIDEST && Math.abs(x - FACE_X) <= FARTHEST_X && Math.abs(y - FACE_Y) <= FARTHEST_Y;
    }

    @Override
    public void close() {
        detector.close();
    }
}
