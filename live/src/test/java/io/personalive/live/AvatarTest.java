package io.personalive.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.animation.testing.SmallModel;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AvatarTest {
    private static final int SIDE = 64;

    @Test
    void aNewSightOfAGeneratedPortraitBeginsAtRest() {
        try (AnimationModel model = AnimationModel.load(SmallModel.synthetic(""), Device.CPU, Precision.FLOAT32, false);
                Avatar avatar = Avatar.of(model, noise(0), StreamOptions.seeded(0))) {
            MotionSight sight = avatar.sight();
            sight.read(List.of(noise(1)));
            assertFalse(Arrays.equals(new float[3], translation(sight, noise(2))));

            assertArrayEquals(new float[3], translation(avatar.sight(), noise(2)));
        }
    }

    private static float[] translation(MotionSight sight, BufferedImage picture) {
        return sight.read(List.of(picture)).get(0).translation();
    }

    private static BufferedImage noise(long seed) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        byte[] bytes = new byte[3 * SIDE * SIDE];
        new Random(seed).nextBytes(bytes);
        picture.getRaster().setDataElements(0, 0, SIDE, SIDE, bytes);
        return picture;
    }
}
