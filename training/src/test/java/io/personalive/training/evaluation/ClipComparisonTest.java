package io.personalive.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.image.Bgr;
import io.personalive.media.image.Resize;
import io.personalive.media.video.VideoReader;
import io.personalive.torch.Device;
import io.personalive.training.data.FaceMeasure;
import io.personalive.training.identity.FaceRecognition;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ClipComparisonTest {
    private static final Path CLIP = Path.of("../../shared/data/clips/0001.mp4");
    private static final int SIDE = 256;

    /** Knows people by their colour. */
    private static final class Colour implements FaceRecognition {
        @Override
        public float[] embed(BufferedImage aligned) {
            float[] sums = new float[3];
            byte[] bytes = Bgr.bytes(aligned);
            for (int i = 0; i < bytes.length; i++) {
                sums[i % 3] += bytes[i] & 0xff;
            }
            return sums;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @Test
    void identityIsComparedWithThePortraits() {
        Assumptions.assumeTrue(Files.exists(CLIP), "the shared clips are not here");
        try (VideoReader video = VideoReader.open(CLIP);
                Yardsticks yardsticks = new Yardsticks(FaceMeasure.load(Device.CPU), Optional.empty(), Optional.of(new Colour()))) {
            BufferedImage portrait = Resize.toSquare(video.next(), SIDE), truth = Resize.toSquare(video.next(), SIDE);
            BufferedImage blue = Resize.toSquare(truth, SIDE + 1);
            byte[] bytes = Bgr.bytes(blue);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = i % 3 == 0 ? bytes[i] : 0;
            }
            ClipComparison comparison = new ClipComparison(yardsticks, portrait);

            comparison.compare(truth, Map.of(Candidate.PORTRAIT, portrait, Candidate.MODEL, Resize.toSquare(blue, SIDE)), null);

            assertEquals(1, similarity(comparison, Candidate.PORTRAIT), 1e-9);
            float[] own = yardsticks.identity(portrait, new Motion(yardsticks.faces().measure(portrait))).orElseThrow();
            double expected = own[0] / Math.sqrt(own[0] * own[0] + own[1] * own[1] + own[2] * own[2]);
            assertEquals(expected, similarity(comparison, Candidate.MODEL), 1e-6);
            assertTrue(expected < 0.9, "a blue person differs from this one");
            assertTrue(comparison.scores().get(Candidate.MODEL).mean(Region.PICTURE, Metric.LPIPS).isEmpty());
        }
    }

    private static double similarity(ClipComparison comparison, Candidate candidate) {
        return comparison.scores().get(candidate).mean(Region.PICTURE, Metric.ID_SIM).orElseThrow();
    }
}
