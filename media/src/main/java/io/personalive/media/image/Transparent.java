package io.personalive.media.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A decoded picture of any depth, with how opaque each pixel is.
 *
 * @param picture TYPE_3BYTE_BGR, of 16 bits the upper 8
 * @param opacity a byte a pixel, row by row, 0 to 255; null where everything is opaque
 */
public record Transparent(BufferedImage picture, byte[] opacity) {
    /** What transparent pictures are laid over unless something else is asked for. */
    public static final Color BACKGROUND = new Color(128, 128, 128);

    /** @param mat (height, width) of 1 to 4 channels of 8 or 16 bits: grey, grey and opacity, BGR or BGR and opacity */
    public static Transparent of(Mat mat) {
        int channels = mat.channels();
        if (mat.depth() != CV_8U && mat.depth() != CV_16U) {
            throw new IllegalArgumentException("pictures of 8 and 16 bits a channel are read, not of OpenCV's type " + mat.depth());
        }
        int deep = mat.depth() == CV_16U ? 2 : 1;
        BufferedImage picture = Bgr.blank(mat.cols(), mat.rows());
        byte[] to = Bgr.bytes(picture);
        byte[] opacity = channels % 2 == 0 ? new byte[mat.cols() * mat.rows()] : null;
        byte[] row = new byte[mat.cols() * channels * deep];
        BytePointer pixels = mat.data();
        for (int y = 0, at = 0; y < mat.rows(); y++) {
            pixels.position(y * mat.step()).get(row);
            for (int x = 0; x < mat.cols(); x++, at++) {
                int from = x * channels * deep + deep - 1; // little-endian: the upper byte comes last
                for (int c = 0; c < 3; c++) {
                    to[at * 3 + c] = row[channels < 3 ? from : from + c * deep];
                }
                if (opacity != null) {
                    opacity[at] = row[from + (channels - 1) * deep];
                }
            }
        }
        return new Transparent(picture, opacity);
    }

    /** The same with plain colours, where those of the picture are multiplied with their opacity. */
    public Transparent divided() {
        if (opacity != null) {
            byte[] pixels = Bgr.bytes(picture);
            for (int i = 0; i < pixels.length; i++) {
                int part = Math.max(1, opacity[i / 3] & 0xFF);
                pixels[i] = (byte) Math.min(255, ((pixels[i] & 0xFF) * 255 + part / 2) / part);
            }
        }
        return this;
    }

    /** The picture laid over one colour. */
    public BufferedImage over(Color background) {
        if (opacity == null) {
            return picture;
        }
        int[] behind = {background.getBlue(), background.getGreen(), background.getRed()};
        byte[] pixels = Bgr.bytes(picture);
        for (int i = 0; i < pixels.length; i++) {
            int part = opacity[i / 3] & 0xFF;
            pixels[i] = (byte) (((pixels[i] & 0xFF) * part + behind[i % 3] * (255 - part) + 127) / 255);
        }
        return picture;
    }
}
