package io.personalive.animation.stream;

import io.personalive.animation.model.KeyframeConfig;
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
    private final KeyframeConfig rule;
    private final List<float[]> motionTokens = new ArrayList<>();
    /** The portrait and the keyframes; null while the portrait alone is read. */
    private ReferenceReading joined;
    private int chunk;

    KeyframeBank(Networks networks, Portrait portrait, KeyframeConfig rule) {
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
     * @param tokens motion tokens of the window's oldest frame
     * @return whether that frame ought to become a keyframe
     */
    boolean wants(float[] tokens) {
        if (chunk < rule.firstChunk() || added() >= rule.most()) {
            return false;
        }
        double nearest = motionTokens.stream()
                .mapToDouble(known -> MotionFrame.distance(tokens, known)).min().orElseThrow();
        return nearest > rule.threshold();
    }

    /**
     * @param latent (1, c, h, w), a frame's clean latent
     * @return what is read so far, and that frame; the caller closes it or hands it to {@link #next}
     */
    ReferenceReading with(Tensor latent) {
        try (AppearanceBank bank = networks.referenceUNet().forward(latent, portrait.imageToken());
                ReferenceReading keyframe = networks.denoisingUNet().read(bank, portrait.imageToken())) {
            return appearance().with(keyframe);
        }
    }

    /** Goes on to the next micro-chunk, without a keyframe. */
    void next() {
        chunk++;
    }

    /**
     * Goes on to the next micro-chunk, with a keyframe.
     *
     * @param tokens  its motion tokens
     * @param reading what is read from then on; closed with this
     */
    void next(float[] tokens, ReferenceReading reading) {
        chunk++;
        motionTokens.add(tokens);
        ReferenceReading before = joined;
        joined = reading;
        if (before != null) {
            before.close();
        }
    }

    @Override
    public void close() {
        if (joined != null) {
            joined.close();
            joined = null;
        }
    }
}
