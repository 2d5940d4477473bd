package io.personalive.animation.stream;

import io.personalive.animation.model.Networks;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Portrait;
import io.personalive.networks.unet.AppearanceBank;
import io.personalive.networks.unet.ReferenceReading;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Generated frames that serve as further references: the historical keyframe mechanism. A frame is added when its
 * motion tokens are far from those of the portrait and of all keyframes so far.
 */
final class KeyframeBank implements AutoCloseable {
    private final Networks networks;
    private final Portrait portrait;
    private final StreamOptions.Keyframes rule;
    private final List<float[]> motionTokens = new ArrayList<>();
    /** The portrait and the keyframes; null while the portrait alone is read. */
    private ReferenceReading joined;
    private int chunk;

    KeyframeBank(Networks networks, Portrait portrait, StreamOptions.Keyframes rule) {
        this.networks = networks;
        this.portrait = portrait;
        this.rule = rule;
        motionTokens.add(portrait.motion().tokens());
    }

    /** What the next step reads. */
    ReferenceReading appearance() {
        return joined == null ? portrait.appearance() : joined;
    }

    int added() {
        return motionTokens.size() - 1;
    }

    /**
     * Called once for each micro-chunk.
     *
     * @param tokens motion tokens of the window's oldest frame
     * @return whether that frame becomes a keyframe; its tokens are remembered then
     */
    boolean consider(float[] tokens) {
        boolean late = chunk++ > rule.after();
        if (!late || added() >= rule.most()) {
            return false;
        }
        double nearest = motionTokens.stream()
                .mapToDouble(known -> MotionFrame.distance(tokens, known)).min().orElseThrow();
        if (nearest <= rule.threshold()) {
            return false;
        }
        motionTokens.add(tokens);
        return true;
    }

    /** @param latent (1, 4, h, w), the frame's clean latent; read from the next step on */
    void add(Tensor latent) {
        try (AppearanceBank bank = networks.referenceUNet().forward(latent, portrait.imageToken());
                ReferenceReading keyframe = networks.denoisingUNet().read(bank, portrait.imageToken())) {
            ReferenceReading before = joined;
            joined = appearance().with(keyframe);
            if (before != null) {
                before.close();
            }
        }
    }

    @Override
    public void close() {
        if (joined != null) {
            joined.close();
        }
    }
}
