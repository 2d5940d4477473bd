package io.personalive.media.face;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;

import io.personalive.media.MediaException;
import io.personalive.media.image.Mats;
import io.personalive.media.image.Resize;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

/**
 * Finds the main face of a picture with the cascades that come with OpenCV (Viola and Jones 2001): faces from the
 * front first, then either profile. Not thread-safe.
 */
public final class FaceDetector implements AutoCloseable {
    /** Detection runs on a picture no larger than this; finer detail only finds more that is no face. */
    private static final int WORKING_SIDE = 480;
    /** A face must fill at least this much of the picture's shorter side. */
    private static final double SMALLEST_FACE = 0.1;
    private static final double SCALE_STEP = 1.1;
    private static final int NEIGHBOURS = 5;
    /** The profile cascade's box leans forward of the head by this much of its width (median over talking heads). */
    private static final double PROFILE_LEAN = 0.15;

    private final CascadeClassifier frontal = cascade("haarcascade_frontalface_alt2.xml");
    private final CascadeClassifier profile = cascade("haarcascade_profileface.xml");

    private static CascadeClassifier cascade(String name) {
        // Loads the library, which must be there before the class is used.
        Loader.load(org.bytedeco.opencv.global.opencv_objdetect.class);
        String resource = "/org/bytedeco/opencv/" + Loader.getPlatform() + "/share/opencv4/haarcascades/" + name;
        try {
            return new CascadeClassifier(Loader.cacheResource(resource).getPath());
        } catch (IOException | RuntimeException e) {
            throw new MediaException("the face detector " + name + " can't be unpacked from OpenCV's library (is the home folder writable?)", e);
        }
    }

    /**
     * @param picture TYPE_3BYTE_BGR
     * @return the square around the face, from the brows to the chin, in the picture's pixels; of several faces the
     *         largest, nearer to the middle counting for more
     */
    public Optional<Rectangle2D.Double> find(BufferedImage picture) {
        double scale = Math.min(1, (double) WORKING_SIDE / Math.max(picture.getWidth(), picture.getHeight()));
        int width = (int) Math.max(1, Math.round(picture.getWidth() * scale));
        int height = (int) Math.max(1, Math.round(picture.getHeight() * scale));
        try (Mat colour = Mats.of(Resize.to(picture, width, height)); Mat grey = new Mat(); Mat mirrored = new Mat()) {
            opencv_imgproc.cvtColor(colour, grey, COLOR_BGR2GRAY);
            opencv_imgproc.equalizeHist(grey, grey);
            Rectangle2D.Double face = largest(frontal, grey);
            if (face == null) {
                face = largest(profile, grey);
                if (face != null) {
                    face.x -= PROFILE_LEAN * face.width;
                } else {
                    opencv_core.flip(grey, mirrored, 1);
                    face = largest(profile, mirrored);
                    if (face != null) {
                        face.x = width - face.x - face.width + PROFILE_LEAN * face.width;
                    }
                }
            }
            return face == null ? Optional.empty()
                    : Optional.of(new Rectangle2D.Double(face.x / scale, face.y / scale, face.width / scale, face.height / scale));
        }
    }

    private static Rectangle2D.Double largest(CascadeClassifier cascade, Mat grey) {
        int smallest = (int) Math.max(20, SMALLEST_FACE * Math.min(grey.cols(), grey.rows()));
        try (RectVector found = new RectVector(); Size least = new Size(smallest, smallest); Size most = new Size()) {
            cascade.detectMultiScale(grey, found, SCALE_STEP, NEIGHBOURS, 0, least, most);
            Rectangle2D.Double best = null;
            double bestScore = Double.NEGATIVE_INFINITY;
            for (long i = 0; i < found.size(); i++) {
                Rect box = found.get(i);
                double fromMiddle = Math.hypot(box.x() + box.width() / 2.0 - grey.cols() / 2.0, box.y() + box.height() / 2.0 - grey.rows() / 2.0);
                double score = box.width() - fromMiddle / 2;
                if (score > bestScore) {
                    bestScore = score;
                    best = new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height());
                }
            }
            return best;
        }
    }

    @Override
    public void close() {
        frontal.close();
        profile.close();
    }
}
