package io.personalive.training.identity;

import io.personalive.training.data.FaceLabels;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A network that gives faces of one person nearly the same embedding. It sees faces of 112 x 112 pixels whose eyes, nose
 * and mouth lie where ArcFace has them. Deng et al. 2019. Used by one thread.
 */
public interface FaceRecognition extends AutoCloseable {
    /** What an ONNX file's network takes. */
    enum Range {
        /** (x - 127.5) / 127.5, red first: ArcFace's own. */
        SIGNED,
        /** 0 to 255, red first: networks that scale by themselves, such as OpenCV's SFace. */
        BYTES
    }

    /**
     * @param file  {@code .onnx}: any network from one aligned picture (1, 3, 112, 112) to an embedding; otherwise the
     *              weights of an {@link ImprovedResnet}, as .safetensors or as PyTorch saves them
     * @param range of an ONNX file's pictures
     * @throws IllegalArgumentException if the file holds neither
     */
    static FaceRecognition load(Path file, Range range) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".onnx") ? new OnnxRecognition(file, range)
                : ResnetRecognition.load(file);
    }

    /**
     * @param aligned as {@link AlignedFace#of} gives it
     * @return its embedding, of any length
     */
    float[] embed(BufferedImage aligned);

    /** @return the embedding of a face in a picture. @param face its landmarks, in the picture's pixels */
    default float[] embed(BufferedImage picture, FaceLabels face) {
        return embed(AlignedFace.of(picture, face));
    }

    /** @return the cosine of two embeddings, -1 to 1: near 1 for one person, near 0 for two */
    static double similarity(float[] first, float[] second) {
        double product = 0, ofFirst = 0, ofSecond = 0;
        for (int i = 0; i < first.length; i++) {
            product += (double) first[i] * second[i];
            ofFirst += (double) first[i] * first[i];
            ofSecond += (double) second[i] * second[i];
        }
        return product / Math.sqrt(ofFirst * ofSecond);
    }

    @Override
    void close();
}
