package io.personalive.media.face;

import io.personalive.media.MediaException;
import io.personalive.media.image.Bgr;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * Frames a video around its face without a jitter: the window is set once, from the opening, and stays. Only when
 * the face has left it for a while does it glide after it. Of several persons one is followed. Not thread-safe; one
 * object a video.
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

    /** After so many looks without the one who is followed, another of several persons takes her place. */
    private static final int LOOKS_LOST = 6;

    private final FaceDetector detector = new FaceDetector();
    private final FaceChoice choice;
    private int width;
    private int height;
    private long seen;
    private int outside;
    private int lost;
    private int persons;
    private Rectangle2D.Double followed;
    private boolean sees;
    private Rectangle2D.Double window;
    private Rectangle target;

    /** Follows the largest face. */
    public SteadyFraming() {
        this(FaceChoice.LARGEST);
    }

    /** @param choice who is followed, if there are several */
    public SteadyFraming(FaceChoice choice) {
        this.choice = choice;
    }

    /**
     * Sets the window from the median of the faces in the opening, for when a second or so can be looked at ahead.
     * Without this the first frame that shows a face decides.
     *
     * @param opening the first frames, TYPE_3BYTE_BGR
     * @return whether a face was found
     * @throws MediaException if there are fewer faces than the choice asks for
     */
    public boolean settle(List<BufferedImage> opening) {
        restart(opening.get(0));
        FaceGroups groups = new FaceGroups();
        int samples = Math.min(OPENING_SAMPLES, opening.size());
        for (int i = 0; i < samples; i++) {
            BufferedImage sample = opening.get(i * opening.size() / samples);
            if (sample.getWidth() == width && sample.getHeight() == height) {
                groups.add(detector.find(sample));
            }
        }
        List<Rectangle2D.Double> faces = groups.persons();
        persons = faces.size();
        Optional<Rectangle2D.Double> chosen = choice.of(faces, width, height);
        if (chosen.isEmpty() && persons > 0) {
            throw new MediaException("there is no face number " + choice.place() + " from the left: at the beginning "
                    + (persons == 1 ? "one is" : persons + " are") + " seen");
        }
        sees = chosen.isPresent();
        chosen.ifPresent(this::place);
        return chosen.isPresent();
    }

    /** How many persons the opening shows. */
    public int persons() {
        return persons;
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
            Optional<Rectangle2D.Double> face = face(frame);
            sees = face.isPresent();
            face.ifPresentOrElse(this::look, () -> outside = 0);
        }
        glide();
        return window().map(part -> part.width == width && part.height == height ? frame : Bgr.crop(frame, part)).orElse(frame);
    }

    /** The face that is followed. */
    private Optional<Rectangle2D.Double> face(BufferedImage frame) {
        List<Rectangle2D.Double> faces = detector.find(frame);
        if (followed == null) {
            persons = faces.size();
            return choice.of(faces, width, height);
        }
        Optional<Rectangle2D.Double> same = FaceGroups.nearest(faces, followed);
        if (same.isEmpty() && !faces.isEmpty()) {
            same = FaceGroups.nearest(detector.findProfiles(frame), followed); // she looks aside while another doesn't
        }
        lost = same.isPresent() ? 0 : lost + 1;
        return same.isPresent() || persons > 1 && lost < LOOKS_LOST ? same : FaceChoice.LARGEST.of(faces, width, height);
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
        followed = null;
        seen = 0;
        outside = 0;
        lost = 0;
    }

    private void look(Rectangle2D.Double face) {
        followed = face;
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
        followed = face;
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
        detector.close();
    }
}
