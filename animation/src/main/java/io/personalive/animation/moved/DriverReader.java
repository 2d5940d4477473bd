package io.personalive.animation.moved;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Frames;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Scope;
import io.personalive.torch.Turn;
import io.personalive.torch.layers.Upsample;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Reads one driver's frames, in order. The first tells the driver's shape and place of rest. Belongs to one thread. */
public final class DriverReader {
    private final MovedPortraitNetworks networks;
    private final FaceReader reader;
    private boolean atRest;
    private FaceMotion first;
    private float[] rest;
    private Optional<ResidualReader> residual = Optional.empty();

    DriverReader(MovedPortraitNetworks networks) {
        this.networks = networks;
        this.reader = new FaceReader(networks.landmarks());
    }

    /**
     * Told before the first picture that it shows the driver at rest, looking straight ahead: nothing is guessed of the
     * driver's face then, and the head turns from there.
     */
    public void beginsAtRest() {
        atRest = true;
    }

    /** @param pictures framed as in a video call, of any size and type: each is resized to the model's square frame */
    public List<MotionFrame> read(List<BufferedImage> pictures) {
        try (Turn turn = Turn.ofOneThread(networks.device()); Lifetime.Use inUse = networks.use()) {
            return Scope.withoutGradient(() -> {
                List<MotionFrame> motion = new ArrayList<>();
                for (BufferedImage picture : pictures) {
                    motion.add(read(picture));
                }
                return motion;
            });
        }
    }

    private MotionFrame read(BufferedImage picture) {
        try (Scope scope = new Scope()) {
            Tensor signed = networks.onDevice(Frames.toSigned(List.of(picture)));
            Tensor seen = Upsample.bilinear(signed, networks.frameSize(), networks.frameSize());
            FaceMotion face = reader.read(seen);
            if (first == null) {
                first = face;
                rest = atRest ? face.canonical() : face.rest(networks.restFace());
                residual = ResidualReader.of(networks, seen, face);
            }
            MotionFrame motion = (atRest ? face.turnedBackBy(first) : face).relativeTo(rest, first);
            return residual.isEmpty() ? motion : motion.withResidual(residual.get().read(seen, face));
        }
    }
}
