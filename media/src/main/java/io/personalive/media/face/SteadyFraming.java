package io.personalive.media.face;

import io.personalive.media.image.Bgr;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Frames a video around its face without a jitter: the window is set once, from the opening, and stays. Only when
 * the face has left it for a while does it glide after it. Not thread-safe; one object a video.
 */
public final class SteadyFraming implements AutoCloseable {
    /** Of the opening, so many frames, evenly spread, are looked at. */
    private static final int OPENING_SAMPLES = 7;
    /** Later on the face is looked for every so many frames. */
    private static final int FRAMES_BETWEEN_LOOKS = 12;
    /** So many looks in a row must find the face outside before the window moves. */
    private static final int LOOKS_OUTSIDE = 2;
    /** What part of the way to its new place the window goes in a frame. */
    private static final double GLIDE = 0.04;

    private final FaceFraming framing = new FaceFraming();
    private int width;
    private int height;
    private long seen;
    private int outside;
    private boolean sees;
    private Rectangle2D.Double window;
    private Rectangle target;

    /**
     * Sets the window from the median of the faces in the opening, for when a second or so can be looked at ahead.
     * Without this the first frame that shows a face decides.
     *
     * @param opening the first frames, all of one size, TYPE_3BYTE_BGR
     * @return whether a face was found
     */
    public boolean settle(List<BufferedImage> opening) {
        List<Rectangle2D.Double> faces = new ArrayList<>();
        int samples = Math.min(OPENING_SAMPLES, opening.size());
        for (int i = 0; i < samples; i++) {
            framing.face(opening.get(i * opening.size() / samples)).ifPresent(faces::add);
        }
        if (faces.isEmpty()) {
            return false;
        }
        double side = median(faces, face -> face.width);
        double x = median(faces, Rectangle2D::getCenterX);
        double y = median(faces, Rectangle2D::getCenterY);
        restart(opening.get(0));
        sees = true;
        place(new Rectangle2D.Double(x - side / 2, y - side / 2, side, side));
        return true;
    }

    private static double median(List<Rectangle2D.Double> faces, ToDoubleFunction<Rectangle2D.Double> of) {
        double[] values = faces.stream().mapToDouble(of).toArray();
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    /**
     * @param frame the next frame, TYPE_3BYTE_BGR
     * @return the square to go on with, of the window's size; the frame itself as long as no face was found
     */
    public BufferedImage frame(BufferedImage frame) {
        if (frame.getWidth() != width || frame.getHeight() != height) {
            restart(frame);
        }
        if (seen++ % FRAMES_BETWEEN_LOOKS == 0 && (window == null || seen > 1)) {
            Optional<Rectangle2D.Double> face = framing.face(frame);
            sees = face.isPresent();
            face.ifPresentOrElse(this::look, () -> outside = 0);
        }
        glide();
        return window().map(part -> part.width == width && part.height == height ? frame : Bgr.crop(frame, part)).orElse(frame);
    }

    /** Whether a face was found when one was last looked for. */
    public boolean sees() {
        return sees;
    }

    /** What is cut out at present, pixels; empty as long as no face was found. */
    public Optional<Rectangle> window() {
        if (window == null) {
            return Optional.empty();
        }
        int side = (int) Math.round(window.width);
        int x = (int) Math.round(Math.min(window.x, width - side));
        int y = (int) Math.round(Math.min(window.y, height - side));
        return Optional.of(new Rectangle(Math.max(0, x), Math.max(0, y), side, side));
    }

    private void restart(BufferedImage frame) {
        width = frame.getWidth();
        height = frame.getHeight();
        window = null;
        target = null;
        seen = 0;
        outside = 0;
    }

    private void look(Rectangle2D.Double face) {
        if (window == null) {
            place(face);
            return;
        }
        Rectangle wanted = FaceFraming.around(face, width, height);
        // At the picture's edge the window may be unable to follow: then it already is where it should be.
        boolean fits = FaceFraming.isFramed(face, target) || wanted.equals(target);
        outside = fits ? 0 : outside + 1;
        if (outside >= LOOKS_OUTSIDE) {
            target = wanted;
            outside = 0;
        }
    }

    private void place(Rectangle2D.Double face) {
        target = FaceFraming.around(face, width, height);
        window = new Rectangle2D.Double(target.x, target.y, target.width, target.height);
    }

    private void glide() {
        if (window == null) {
            return;
        }
        window.x += GLIDE * (target.x - window.x);
        window.y += GLIDE * (target.y - window.y);
        window.width += GLIDE * (target.width - window.width);
        window.height = window.width;
    }

    @Override
    public void close() {
        framing.close();
    }
}
