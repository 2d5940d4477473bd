package io.personalive.training.identity;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;

import io.personalive.media.image.Mats;
import io.personalive.natives.NativeLibraries;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_dnn.Net;

/** Any face-recognition network in ONNX form, run by OpenCV. */
final class OnnxRecognition implements FaceRecognition {
    static {
        NativeLibraries.ready();
    }

    private static final double HALF_RANGE = 127.5;

    private final Path file;
    private final double middle, scale;
    private final Net net;

    OnnxRecognition(Path file, Range range) {
        this.file = file;
        middle = range == Range.SIGNED ? HALF_RANGE : 0;
        scale = range == Range.SIGNED ? 1 / HALF_RANGE : 1;
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " isn't there: name a face-recognition network");
        }
        try {
            net = opencv_dnn.readNetFromONNX(file.toString());
        } catch (RuntimeException unreadable) {
            throw refused(unreadable);
        }
    }

    @Override
    public float[] embed(BufferedImage aligned) {
        try (Mat picture = Mats.of(aligned); Size size = new Size(AlignedFace.SIDE, AlignedFace.SIDE);
                Scalar mean = new Scalar(middle, middle, middle, 0);
                Mat input = opencv_dnn.blobFromImage(picture, scale, size, mean, true, false, CV_32F)) {
            net.setInput(input);
            try (Mat output = net.forward()) {
                float[] embedding = new float[Math.toIntExact(output.total())];
                new FloatPointer(output.data()).get(embedding);
                return embedding;
            }
        } catch (RuntimeException unfit) {
            throw refused(unfit);
        }
    }

    /** OpenCV's own message speaks of its source lines; its last line says what was expected. */
    private IllegalArgumentException refused(RuntimeException failure) {
        return new IllegalArgumentException(file + " can't be used as a face-recognition network ("
                + String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("") + "): expected an ONNX file that makes an embedding"
                + " of one picture (1, 3, 112, 112)", failure);
    }

    @Override
    public void close() {
        net.close();
    }
}
