package io.personalive.animation.stream;

import io.personalive.animation.model.Networks;
import io.personalive.animation.portrait.Frames;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A finished micro-chunk: clean latents, decoded when asked for. Frames of the run-in need never be decoded. */
public final class Chunk implements AutoCloseable {
    private final Tensor latents;
    private final Networks networks;
    private final StepClock clock;

    /** Takes over the latents. */
    Chunk(Tensor latents, Networks networks, StepClock clock) {
        this.latents = latents;
        this.networks = networks;
        this.clock = clock;
    }

    /** (f, 4, h, w), clean, scaled; freed with the chunk. */
    public Tensor latents() {
        return latents;
    }

    /** @return the decoded frames, TYPE_3BYTE_BGR, in order */
    public List<BufferedImage> frames() {
        clock.resume();
        List<BufferedImage> frames = new ArrayList<>();
        for (long frame = 0; frame < latents.size(0); frame++) {
            try (Scope scope = new Scope()) {
                frames.addAll(Frames.toImages(decoded(frame)));
            }
        }
        clock.lap("decode");
        return frames;
    }

    /** One frame at a time: a decoder's activations are large, and one frame keeps all cores busy. */
    private Tensor decoded(long frame) {
        return Scope.inference(() -> Tensors.to(networks.autoencoder().decode(latents.narrow(0, frame, 1)),
                Device.CPU, ScalarType.Float));
    }

    @Override
    public void close() {
        Scope.release(latents);
    }
}
