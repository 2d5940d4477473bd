package io.personalive.media.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.personalive.natives.NativeLibraries;
import java.awt.image.BufferedImage;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures to OpenCV's matrices and back; the pixels are copied both ways. */
public final class Mats {
    static {
        NativeLibraries.ready();
    }

    private Mats() {
    }

    /** @param picture TYPE_3BYTE_BGR. @return (height, width) of 8-bit BGR; the caller closes it */
    public static Mat of(BufferedImage picture) {
        byte[] bytes = Bgr.bytes(picture);
        Mat mat = new Mat(picture.getHeight(), picture.getWidth(), CV_8UC3);
        mat.data().put(bytes, 0, bytes.length);
        return mat;
    }

    /** @param mat (height, width) of 8-bit BGR */
    public static BufferedImage toPicture(Mat mat) {
        BufferedImage picture = Bgr.blank(mat.cols(), mat.rows());
        byte[] bytes = Bgr.bytes(picture);
        int row = mat.cols() * 3;
        BytePointer pixels = mat.data();
        for (int y = 0; y < mat.rows(); y++) {
            pixels.position(y * mat.step()).get(bytes, y * row, row);
        }
        return picture;
    }
}
