package io.personalive.media.face;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;

import io.personalive.media.MediaException;
import io.personalive.media.image.Mats;
import io.personalive.media.image.Resize;
import io.personalive.natives.NativeLibraries;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

/**
 * Finds the faces of a picture with the cascades that come with OpenCV (Viola and Jones 2001): from the front first,
 * then either profile. Not thread-safe.
 */
public final class FaceDetector implements AutoCloseable {
    static {
        NativeLibraries.ready();
    }

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
        // OpenCV reads files only. A copy of its own can't be half of one that another process is writing.
        Path file = null;
        try (InputStream packed = CascadeClassifier.class.getResourceAsStream(resource)) {
            file = Files.createTempFile("cascade", ".xml");
            Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
            return new CascadeClassifier(file.toString());
        } catch (IOException | RuntimeException e) {
            throw new MediaException("the face detector " + name + " can't be unpacked to " + (file == null ? "the folder of temporary files" : file)
                    + " (is there room? -Djava.io.tmpdir=FOLDER names another folder): " + e.getMessage(), e);
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.delete(file);
            }
        } catch (IOException left) {
            file.toFile().deleteOnExit();
        }
    }

    /**
     * @param picture TYPE_3BYTE_BGR
     * @return a square around each face, from the brows to the chin, in the picture's pixels: those seen from the front;
     *         if there are none, those seen from the side
     */
    public List<Rectangle2D.Double> find(BufferedImage picture) {
        List<Rectangle2D.Double> faces = inGrey(picture, grey -> boxes(frontal, grey));
        return faces.isEmpty() ? findProfiles(picture) : faces;
    }

    /** Those that are seen from the side; see {@link #find}. */
    List<Rectangle2D.Double> findProfiles(BufferedImage picture) {
        return inGrey(picture, grey -> {
            List<Rectangle2D.Double> faces = new ArrayList<>();
            for (Rectangle2D.Double face : boxes(profile, grey)) {
                face.x -= PROFILE_LEAN * face.width;
                faces.add(face);
            }
            try (Mat mirrored = new Mat()) {
                opencv_core.flip(grey, mirrored, 1);
                for (Rectangle2D.Double face : boxes(profile, mirrored)) {
                    face.x = grey.cols() - face.x - face.width + PROFILE_LEAN * face.width;
                    if (FaceGroups.nearest(faces, face).isEmpty()) { // some faces look like both of their sides
                        faces.add(face);
                    }
                }
            }
            return faces;
        });
    }

    /** Looks in a grey picture of the working size; what is found there comes back in the picture's own pixels. */
    private static List<Rectangle2D.Double> inGrey(BufferedImage picture, Function<Mat, List<Rectangle2D.Double>> look) {
        double scale = Math.min(1, (double) WORKING_SIDE / Math.max(picture.getWidth(), picture.getHeight()));
        int width = (int) Math.max(1, Math.round(picture.getWidth() * scale));
        int height = (int) Math.max(1, Math.round(picture.getHeight() * scale));
        try (Mat colour = Mats.of(Resize.to(picture, width, height)); Mat grey = new Mat()) {
            opencv_imgproc.cvtColor(colour, grey, COLOR_BGR2GRAY);
            opencv_imgproc.equalizeHist(grey, grey);
            return look.apply(grey).stream()
                    .map(face -> new Rectangle2D.Double(face.x / scale, face.y / scale, face.width / scale, face.height / scale)).toList();
        }
    }

    private static List<Rectangle2D.Double> boxes(CascadeClassifier cascade, Mat grey) {
        int smallest = (int) Math.max(20, SMALLEST_FACE * Math.min(grey.cols(), grey.rows()));
        try (RectVector found = new RectVector(); Size least = new Size(smallest, smallest); Size most = new Size()) {
            cascade.detectMultiScale(grey, found, SCALE_STEP, NEIGHBOURS, 0, least, most);
            List<Rectangle2D.Double> boxes = new ArrayList<>();
            for (long i = 0; i < found.size(); i++) {
                Rect box = found.get(i);
                boxes.add(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
            }
            return boxes;
        }
    }

    @Override
    public void close() {
        frontal.close();
        profile.close();
    }
}
