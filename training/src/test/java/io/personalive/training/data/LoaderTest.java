package io.personalive.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.image.Bgr;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
    private static final int SIDE = 64;
    private static final int CUT = 12;

    @TempDir
    Path folder;

    /** One clip of 30 frames with a cut, in which a white dot moves to the right, and one still. */
    @BeforeEach
    void pack() throws Exception {
        try (PackedDatasetWriter packed = new PackedDatasetWriter(folder, SIDE)) {
            for (int frame = 0; frame < 31; frame++) {
                packed.add(dotted(12 + frame), labels(12 + frame, frame));
            }
            packed.addShots(Shot.between(List.of(CUT), new Shot("a", "anna", "train", 0, 30)));
            packed.addShots(List.of(new Shot("b", "berta", "train", 30, 1)));
            packed.finish("drawn");
        }
    }

    @Test
    void batchesDependOnSeedAndPositionAlone() throws Exception {
        List<Batch> one = batches(1, 0, 6, 7);
        List<Batch> three = batches(3, 0, 6, 7);
        List<Batch> resumed = batches(2, 4, 2, 7);
        for (int i = 0; i < 6; i++) {
            assertArrayEquals(one.get(i).pictures(), three.get(i).pictures());
            assertArrayEquals(one.get(i).landmarks(), three.get(i).landmarks());
        }
        assertEquals(4, resumed.get(0).position());
        assertArrayEquals(one.get(4).pictures(), resumed.get(0).pictures());
        assertArrayEquals(one.get(5).pose(), resumed.get(1).pose());
        assertTrue(!Arrays.equals(one.get(0).landmarks(), batches(1, 0, 1, 8).get(0).landmarks()), "another seed");
    }

    /** The dot, found in the changed picture, lies where the changed landmark says: in driving frames and portraits. */
    @Test
    void landmarksMoveWithThePicture() throws Exception {
        for (Batch batch : batches(2, 0, 8, 3)) {
            for (int at = 0; at < batch.samples() * batch.frames(); at++) {
                double[] dot = dot(batch, at);
                assertEquals(batch.landmarks()[at * 2 * FaceLabels.POINTS], dot[0], 0.8);
                assertEquals(batch.landmarks()[at * 2 * FaceLabels.POINTS + 1], dot[1], 0.8);
            }
        }
    }

    @Test
    void noSampleGoesAcrossACut() throws Exception {
        try (PackedDataset data = PackedDataset.open(folder)) {
            for (int frames : new int[] {1, 5}) {
                Draw draw = new Draw(data, "train", frames, 0.3);
                Set<Boolean> seen = new HashSet<>();
                SplittableRandom random = new SplittableRandom(5);
                for (int i = 0; i < 500; i++) {
                    int[] rows = draw.rows(random);
                    assertEquals(1 + frames, rows.length);
                    if (rows[0] == 30) {
                        assertEquals(30, rows[1]);
                        continue;
                    }
                    for (int row : rows) {
                        assertEquals(rows[0] < CUT, row < CUT, () -> Arrays.toString(rows));
                    }
                    seen.add(rows[0] < CUT);
                }
                assertEquals(Set.of(true, false), seen);
            }
        }
    }

    @Test
    void anEmptySplitIsToldByName() throws Exception {
        try (PackedDataset data = PackedDataset.open(folder)) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> new Draw(data, "val", 1, 0.5)).getMessage().contains("'val'"));
        }
    }

    private List<Batch> batches(int threads, long position, int count, long seed) throws Exception {
        List<Batch> batches = new ArrayList<>();
        Augmentation small = new Augmentation(0.5, 8, 0.1, 0.04, 0.1, 0.8);
        try (PackedDataset data = PackedDataset.open(folder);
                Loader loader = new Loader(data, new Loader.Options("train", 3, 1, 0.3, small, seed, threads), position)) {
            for (int i = 0; i < count; i++) {
                batches.add(loader.take());
            }
            assertTrue(loader.waitingShare() >= 0 && loader.waitingShare() <= 1);
        }
        return batches;
    }

    private static BufferedImage dotted(int x) {
        BufferedImage picture = Bgr.blank(SIDE, SIDE);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(x - 3, 27, 6, 6);
        pen.dispose();
        return picture;
    }

    private static FaceLabels labels(int x, int frame) {
        float[] landmarks = new float[2 * FaceLabels.POINTS];
        for (int i = 0; i < landmarks.length; i += 2) {
            landmarks[i] = x;
            landmarks[i + 1] = 30;
        }
        float[] expression = new float[FaceLabels.EXPRESSION];
        expression[6] = frame % 7;
        return new FaceLabels(landmarks, new float[] {0, 0, 0, x, 30, 10}, expression, true);
    }

    /** The middle of what is bright, in the green channel; pixels from the picture's edge. */
    private static double[] dot(Batch batch, int at) {
        double sum = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            int value = Byte.toUnsignedInt(batch.pictures()[(at * 3 + 1) * SIDE * SIDE + i]);
            double weight = value < 110 ? 0 : value;
            sum += weight;
            x += weight * (i % SIDE + 0.5);
            y += weight * (i / SIDE + 0.5);
        }
        return new double[] {x / sum, y / sum};
    }
}
