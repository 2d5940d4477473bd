package io.personalive.cli.bench;

import io.personalive.animation.model.ModelConfig;
import io.personalive.animation.model.Networks;
import io.personalive.networks.unet.AppearanceBank;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/** Times every network by itself, at the sizes that streaming uses. */
final class NetworkBench {
    private final Networks networks;
    private final Stopwatch stopwatch;

    NetworkBench(Networks networks, Stopwatch stopwatch) {
        this.networks = networks;
        this.stopwatch = stopwatch;
    }

    /** The networks that run once for a portrait or once for a micro-chunk; the UNet and decoder are timed in the step. */
    List<Timing> run() {
        ModelConfig config = networks.config();
        int size = config.frameSize();
        int latent = config.latentSize();
        int chunk = config.window().chunkFrames();
        List<Timing> timings = new ArrayList<>();
        try (Scope scope = new Scope()) {
            Tensor image = networks.inPrecision(random(1, 3, size, size));
            timings.add(stopwatch.time("vae-encoder", () -> networks.autoencoder().encode(image)));
            networks.imageEncoder().ifPresent(encoder -> {
                int clip = encoder.imageSize();
                Tensor pixels = networks.inPrecision(random(1, 3, clip, clip));
                timings.add(stopwatch.time("image-encoder", () -> encoder.forward(pixels)));
            });
            Tensor latents = networks.inPrecision(random(1, config.unet().latentChannels(), latent, latent));
            Tensor token = config.imageEncoder().isEmpty() ? null
                    : networks.inPrecision(random(1, 1, config.unet().imageTokenWidth()));
            timings.add(stopwatch.time("reference-unet", () -> {
                try (AppearanceBank bank = networks.referenceUNet().forward(latents, token)) {
                    networks.denoisingUNet().read(bank, token).close();
                }
            }));
            int extractor = config.motionExtractor().imageSize();
            Tensor heads = networks.onDevice(random(chunk, 3, extractor, extractor));
            timings.add(stopwatch.time("motion-extractor", () -> networks.motionExtractor().forward(heads)));
            int face = config.motionEncoder().imageSize();
            Tensor faces = networks.inPrecision(random(chunk, 3, face, face));
            timings.add(stopwatch.time("motion-encoder", () -> networks.motionEncoder().forward(faces)));
            Tensor pictures = networks.inPrecision(random(chunk, 3, size, size));
            timings.add(stopwatch.time("pose-guider", () -> networks.poseGuider().forward(pictures)));
        }
        return timings;
    }

    private static Tensor random(long... shape) {
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        Random random = new Random(1);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return Tensors.of(values, shape);
    }
}
