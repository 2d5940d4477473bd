package io.personalive.training.preparation;

import io.personalive.media.face.FaceDetector;
import io.personalive.media.face.FaceFraming;
import io.personalive.media.image.Bgr;
import io.personalive.media.image.Resize;
import io.personalive.training.data.FaceLabels;
import io.personalive.training.data.FaceMeasure;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;

/** Looks for faces: where they are, how sharp, how far turned. Used by one thread. */
final class FaceLooks implements AutoCloseable {
    /** A face that is smaller than the largest by more than this is in the background, or none. */
    private static final double ABOUT_AS_LARGE = 0.6;
    /** Side of the face whose sharpness is measured, pixels. */
    private static final int MEASURED = 128;

    private final FaceDetector detector = new FaceDetector();
    private final FaceMeasure measure;

    /** @param measure stays the caller's */
    FaceLooks(FaceMeasure measure) {
        this.measure = measure;
    }

    /** @param picture TYPE_3BYTE_BGR */
    FaceLook look(int frame, BufferedImage picture) {
        List<Rectangle2D.Double> faces = detector.find(picture);
        if (faces.isEmpty()) {
            return new FaceLook(frame, 0, null, 0, 0);
        }
        Rectangle2D.Double face = faces.stream().max(Comparator.comparingDouble(found -> found.width)).orElseThrow();
        int large = (int) faces.stream().filter(found -> found.width > ABOUT_AS_LARGE * face.width).count();
        Rectangle whole = new Rectangle(picture.getWidth(), picture.getHeight());
        double sharpness = sharpness(Bgr.crop(picture, face.getBounds().intersection(whole)));
        FaceLabels labels = measure.measure(Bgr.crop(picture, FaceFraming.around(face, whole.width, whole.height)));
        return new FaceLook(frame, large, face, sharpness, Math.abs(labels.pose()[1]));
    }

    /** Variance of the Laplacian, which is large where there are edges. */
    static double sharpness(BufferedImage face) {
        int[] grey = grey(Bgr.bytes(Resize.toSquare(face, MEASURED)));
        double sum = 0, squares = 0;
        int count = 0;
        for (int y = 1; y < MEASURED - 1; y++) {
            for (int x = 1; x < MEASURED - 1; x++) {
                int at = y * MEASURED + x;
                double laplacian = grey[at - 1] + grey[at + 1] + grey[at - MEASURED] + grey[at + MEASURED] - 4.0 * grey[at];
                sum += laplacian;
                squares += laplacian * laplacian;
                count++;
            }
        }
        return squares / count - sum / count * (sum / count);
    }

    private static int[] grey(byte[] bgr) {
        int[] grey = new int[bgr.length / 3];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (114 * (bgr[3 * i] & 0xFF) + 587 * (bgr[3 * i + 1] & 0xFF) + 299 * (bgr[3 * i + 2] & 0xFF) + 500) / 1000;
        }
        return grey;
    }

    @Override
    public void close() {
        detector.close();
    }
}
