package io.personalive.animation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.Animator;
import io.personalive.animation.moved.PaintedPortrait;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.animation.testing.SmallModel;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Networks that are in memory already, as a trainer's are. */
class GivenModelTest {
    private static final ModelSource BASE = SmallModel.synthetic("'window': {'timesteps': [500]}");
    private static final NetworkWeights SIZES = NetworkWeights.of(BASE);

    private static Weights.Loaded<DenoisingUNet> unet;

    @BeforeAll
    static void begin() {
        unet = Weights.buildTrainable(SIZES.open(NetworkName.DENOISING_UNET), Device.CPU,
                at -> NetworkType.DENOISING_UNET.constructor().apply(at, SIZES));
    }

    @AfterAll
    static void close() {
        unet.close();
    }

    @Test
    void animateAsStoredOnesDoAndAsTheyAreAtTheTime() {
        byte[] stored = animated(BASE);
        ModelSource given = new GivenModel(BASE, Map.of(NetworkName.DENOISING_UNET, unet));
        assertArrayEquals(stored, animated(given));

        Scope.withoutGradient(() -> unet.parameters().get("conv_out.bias").add_(new Scalar(1)));
        assertFalse(Arrays.equals(stored, animated(given)), "a training step changes what comes out");
        Scope.withoutGradient(() -> unet.parameters().get("conv_out.bias").sub_(new Scalar(1)));
        assertEquals(BASE.motionFingerprint(), given.motionFingerprint());
    }

    @Test
    void anotherNetworkOrNumberFormatIsRefused() {
        ModelSource mistaken = new GivenModel(BASE, Map.of(NetworkName.REFERENCE_UNET, unet));
        assertTrue(refusal(mistaken, Precision.FLOAT32).contains("reference-unet is a DenoisingUNet, expected a ReferenceUNet"));

        ModelSource given = new GivenModel(BASE, Map.of(NetworkName.DENOISING_UNET, unet));
        assertTrue(refusal(given, Precision.BFLOAT16).contains("denoising-unet is in Float on the processor, expected BFloat16 on cpu"));
    }

    private static String refusal(ModelSource source, Precision precision) {
        return assertThrows(IllegalArgumentException.class,
                () -> AnimationModel.load(source, Device.CPU, precision, false)).getMessage();
    }

    /** The first finished frame. The model is closed; the next one finds the given networks as they were. */
    private static byte[] animated(ModelSource source) {
        BufferedImage picture = PaintedPortrait.picture();
        try (AnimationModel model = AnimationModel.load(source, Device.CPU, Precision.FLOAT32, false);
                Portrait portrait = model.portrait(picture);
                Animator animator = model.animate(portrait, StreamOptions.seeded(1))) {
            for (int i = 1; i < source.window().chunkFrames(); i++) {
                animator.push(picture);
            }
            return ((DataBufferByte) animator.push(picture).get(0).getRaster().getDataBuffer()).getData();
        }
    }
}
