package io.personalive.animation.stream;

import io.personalive.animation.model.Networks;
import io.personalive.animation.portrait.Frames;
import io.personalive.torch.Device;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.Turn;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A finished micro-chunk: clean latents, decoded when asked for. Frames of the run-in need never be decoded. May be
 * handed to another thread than the stream's.
 */
public final class Chunk implements AutoCloseable {
    private final Tensor latents;
    private final Networks networks;
    private final StepClock clock;
    private final Lifetime lifetime = new Lifetime("the micro-chunk");

    /** Takes hold of the latents. */
    Chunk(Tensor latents, Networks networks, StepClock clock) {
        this.latents = Scope.own(latents);
        this.networks = networks;
        this.clock = clock;
    }

    /** (f, c, h, w), clean, scaled; freed with the chunk. */
    public Tensor latents() {
        lifetime.check();
        return latents;
    }

    /** @return milliseconds for each part of the step that made it, in their order: motion, unet, keyframe, decode */
    public Map<String, Double> times() {
        return clock.parts();
    }

    /** @return the decoded frames, TYPE_3BYTE_BGR, in order */
    public List<BufferedImage> frames() {
        try (Lifetime.Use inUse = lifetime.use()) {
            List<BufferedImage> frames = new ArrayList<>();
            for (long frame = 0; frame < latents.size(0); frame++) {
                // a turn for each frame: another session needn't wait for all of them
                try (Turn turn = Turn.on(networks.device()); Lifetime.Use decoder = networks.use(); Scope scope = new Scope()) {
                    clock.resume();
                    frames.addAll(Frames.toImages(decoded(frame)));
                    clock.lap("decode");
                }
            }
            return frames;
        }
    }

    /** One frame at a time: a decoder's activations are large, and one frame keeps all cores busy. */
    private Tensor decoded(long frame) {
        return Scope.inference(() -> Tensors.to(networks.autoencoder().decode(latents.narrow(0, frame, 1)),
                Device.CPU, ScalarType.Float));
    }

    @Override
    public void close() {
        lifetime.end(() -> Scope.release(latents));
    }
}
