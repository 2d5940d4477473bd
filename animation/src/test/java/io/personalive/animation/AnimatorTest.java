package io.personalive.animation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.stream.Noise;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.animation.testing.SmallModel;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnimatorTest {
    private static AnimationModel model;
    private static Portrait portrait;

    @BeforeAll
    static void load() {
        model = AnimationModel.load(SmallModel.synthetic(""), Device.CPU, Precision.FLOAT32, false);
        portrait = model.portrait(picture(1, 128, 128, BufferedImage.TYPE_3BYTE_BGR));
    }

    @AfterAll
    static void close() {
        portrait.close();
        model.close();
    }

    @Test
    void picturesWhoseSizeOrTypeChangesMidwayAreEachResized() {
        try (Animator animator = model.animate(portrait, StreamOptions.seeded(1))) {
            assertTrue(animator.push(picture(2, 128, 128, BufferedImage.TYPE_3BYTE_BGR)).isEmpty());
            assertTrue(animator.push(picture(3, 90, 200, BufferedImage.TYPE_INT_ARGB)).isEmpty());
            assertTrue(animator.push(picture(4, 300, 20, BufferedImage.TYPE_BYTE_GRAY)).isEmpty());

            assertEquals(4, animator.push(picture(5, 1, 1, BufferedImage.TYPE_USHORT_565_RGB)).size());
        }
    }

    /** Four micro-chunks, as many as the window has, so that driving pictures come out. In each, some pushes fail. */
    @Test
    void aPushThatFailsChangesNothing() {
        boolean[] fails = new boolean[1];
        Noise seeded = Noise.seeded(1);
        StreamOptions failing = new StreamOptions((number, shape) -> {
            if (fails[0]) {
                throw new IllegalStateException("no noise");
            }
            return seeded.draw(number, shape);
        }, 1, 1, null);
        try (Animator whole = model.animate(portrait, StreamOptions.seeded(1)); Animator animator = model.animate(portrait, failing)) {
            List<BufferedImage> expected = new ArrayList<>(), found = new ArrayList<>();
            BufferedImage reused = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
            for (int i = 0; i < 16; i++) {
                BufferedImage picture = picture(10 + i, 64, 64, BufferedImage.TYPE_3BYTE_BGR);
                expected.addAll(whole.push(picture));
                assertThrows(IllegalArgumentException.class, () -> animator.push(null));
                if (i % 4 == 3) {
                    fails[0] = true;
                    assertThrows(IllegalStateException.class, () -> animator.push(picture(99, 32, 32, BufferedImage.TYPE_INT_RGB)));
                    fails[0] = false;
                }
                // one picture that the caller draws over: each was copied
                picture.copyData(reused.getRaster());
                found.addAll(animator.push(reused));
                assertEquals((i + 1) / 4 * 4, found.size());
            }
            for (int i = 0; i < 16; i++) {
                assertArrayEquals(pixels(expected.get(i)), pixels(found.get(i)), "frame " + i);
            }
            assertFalse(Arrays.equals(pixels(found.get(0)), pixels(found.get(15))), "frames answer different pictures");
        }
    }

    /** With a micro-chunk a picture the first push reads where the head rests, and fails afterwards. */
    @Test
    void whatWasReadOfTheDriverInAPushThatFailsIsForgotten() {
        boolean[] fails = {true};
        Noise seeded = Noise.seeded(1);
        StreamOptions options = new StreamOptions((number, shape) -> {
            if (fails[0]) {
                throw new IllegalStateException("no noise");
            }
            return seeded.draw(number, shape);
        }, 1, 1, null);
        try (AnimationModel quick = AnimationModel.load(SmallModel.synthetic("'window': {'chunk_frames': 1, 'timesteps': [0, 333]}"),
                        Device.CPU, Precision.FLOAT32, false);
                Portrait person = quick.portrait(picture(1, 128, 128, BufferedImage.TYPE_3BYTE_BGR));
                Animator whole = quick.animate(person, StreamOptions.seeded(1)); Animator animator = quick.animate(person, options)) {
            assertThrows(IllegalStateException.class, () -> animator.push(new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR)));
            fails[0] = false;
            for (int i = 0; i < 3; i++) {
                BufferedImage picture = picture(10 + i, 64, 64, BufferedImage.TYPE_3BYTE_BGR);
                assertArrayEquals(pixels(whole.push(picture).get(0)), pixels(animator.push(picture).get(0)), "frame " + i);
            }
        }
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static BufferedImage picture(long seed, int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(seed);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }
}
