package io.personalive.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.animation.portrait.Frames;
import io.personalive.media.image.Resize;
import io.personalive.media.video.VideoReader;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.HeadWarp;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Checkpoint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The closed-form warp on real clips gives the figures of the specification's measuring tool: every third frame, 256 px. */
class HeadWarpBaselineTest {
    private static final Path DATA = Path.of("../../shared/data");
    private static final int SIZE = 256, STORED = 320, EVERY = 3;
    private static final boolean ALL = "1".equals(System.getenv("PERSONALIVE_LONG_TESTS"));

    @Test
    void theTestClipsGiveTheTablesFigures() throws IOException {
        Assumptions.assumeTrue(Files.exists(DATA.resolve("clips.csv")), "the shared clips are not here");
        Assumptions.assumeTrue(ALL, "minutes: set PERSONALIVE_LONG_TESTS=1");
        List<double[]> clips = new ArrayList<>();
        for (String line : Files.readAllLines(DATA.resolve("clips.csv"))) {
            if (line.endsWith(",test")) {
                String[] cells = line.split(",", 3);
                clips.add(measure(cells[0], DATA.resolve(cells[1])));
            }
        }
        assertNear(new double[] {0.0589, 0.707, 0.0417, 0.790, 0.0406, 0.800}, IntStream.range(0, 6)
                .mapToDouble(i -> clips.stream().mapToDouble(clip -> clip[i]).average().orElseThrow()).toArray());
    }

    /** Resizing and decoding round otherwise than in the tool, which takes the oval's upper points of each face anew. */
    private static void assertNear(double[] expected, double[] measured) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], measured[i], i % 2 == 0 ? 0.0005 : 0.005, Arrays.toString(measured));
        }
    }

    /** @return L1 and SSIM of the portrait repeated, moved by head pose, moved by all landmarks */
    private static double[] measure(String id, Path video) {
        double[] sums = new double[6];
        int count = 0;
        try (Checkpoint labels = Checkpoint.open(DATA.resolve("labels/clips.safetensors"));
                VideoReader reader = VideoReader.open(video); Scope outer = new Scope()) {
            Tensor landmarks = read(labels, id + "/landmarks").div(new Scalar(64.0 * STORED / 2)).sub(new Scalar(1));
            Tensor pose = read(labels, id + "/pose");
            Tensor portrait = picture(reader.next());
            Tensor face = pose(pose, 0).canonicalFace(landmarks.narrow(0, 0, 1));
            BufferedImage next = reader.next();
            for (int frame = 1; next != null; frame++, next = reader.next()) {
                if (frame % EVERY != 1) {
                    continue;
                }
                try (Scope scope = new Scope()) {
                    Tensor truth = picture(next);
                    Tensor source = HeadWarp.controls(face, pose(pose, 0)), moved = HeadWarp.controls(face, pose(pose, frame));
                    Tensor expressed = Tensors.cat(1, landmarks.narrow(0, frame, 1), moved.narrow(1, 129, moved.size(1) - 129));
                    add(sums, 0, portrait, truth);
                    add(sums, 2, Flow.between(source, moved, 64, null).sample(portrait), truth);
                    add(sums, 4, Flow.between(source, expressed, 64, null).sample(portrait), truth);
                    count++;
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= count;
        }
        return sums;
    }

    private static void add(double[] sums, int at, Tensor picture, Tensor truth) {
        sums[at] += PictureDistance.l1(picture, truth).item_double();
        sums[at + 1] += PictureDistance.ssim(picture, truth).item_double();
    }

    private static Tensor read(Checkpoint labels, String name) {
        return labels.read(name, labels.shape(name, null), Device.CPU, ScalarType.Float).clone();
    }

    private static HeadPose pose(Tensor poses, long frame) {
        Tensor row = poses.narrow(0, frame, 1);
        Scalar half = new Scalar(STORED / 2.0);
        return new HeadPose(row.select(1, 0), row.select(1, 1), row.select(1, 2),
                row.narrow(1, 3, 2).div(half).sub(new Scalar(1)), row.select(1, 5).div(half));
    }

    private static Tensor picture(BufferedImage frame) {
        return Frames.toSigned(List.of(Resize.toSquare(frame, SIZE))).add(new Scalar(1)).div(new Scalar(2));
    }
}
