package io.personalive.animation;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.MotionFingerprint;
import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.model.Networks;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.stream.AnimationStream;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.networks.pose.FaceBox;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import java.awt.image.BufferedImage;

/**
 * A loaded model: where using PersonaLive as a library begins. Immutable; portraits and streams of several threads may
 * share one, each stream driven by a single thread. Close it last.
 */
public final class AnimationModel implements AutoCloseable {
    private final ModelSource source;
    private final Networks networks;

    private AnimationModel(ModelSource source, Networks networks) {
        this.source = source;
        this.networks = networks;
    }

    /**
     * Loads a model on the best device there is, in the precision that suits it.
     *
     * @param model a folder with the authors' checkpoints, {@code synthetic:mini}, …: see {@link ModelSource#parse}
     * @throws IllegalArgumentException if there is no such model, or it is of another kind, as {@code nano} is
     */
    public static AnimationModel load(String model) {
        Device device = Device.parse("auto");
        return load(ModelSource.parse(model), device, Precision.parse("auto", device), false);
    }

    /**
     * @param source of a model that generates frames; a {@link io.personalive.animation.model.GivenModel} shares networks
     *               that are in memory
     * @param tiny   whether the tiny autoencoder takes the place of the full one: faster, a little less sharp
     * @throws IllegalArgumentException if the model is of another kind, saying what loads it
     */
    public static AnimationModel load(ModelSource source, Device device, Precision precision, boolean tiny) {
        if (source instanceof MovedPortraitSource) {
            throw new IllegalArgumentException(source.description() + " moves portraits instead of generating frames: load it "
                    + "with MovedPortraitNetworks.load, or a model of either kind with AvatarModel.load of personalive-live");
        }
        return new AnimationModel(source, Networks.load(source, device, precision, tiny));
    }

    /** The networks, for those who want to run them one by one. */
    public Networks networks() {
        return networks;
    }

    /** Side of the square frames, in pixels. */
    public int frameSize() {
        return networks.config().frameSize();
    }

    /** Tells which models understand each other's motion templates: those with the same motion encoder. */
    public String motionFingerprint() {
        return MotionFingerprint.of(source);
    }

    /** Encodes a portrait: a square picture with the face framed as in a video call. The caller closes it. */
    public Portrait portrait(BufferedImage image) {
        return Portrait.of(image, networks);
    }

    /** Animates a portrait with driving pictures. The caller closes it, before the portrait. */
    public Animator animate(Portrait portrait, StreamOptions options) {
        return new Animator(stream(portrait, options), driver(portrait.faceBox()), frameSize());
    }

    /** A stream that is fed with motion. The caller closes it, before the portrait. */
    public AnimationStream stream(Portrait portrait, StreamOptions options) {
        return new AnimationStream(networks, portrait, networks.config().window(), options);
    }

    /** @param firstBox where the driver's face is thought to be until it is found, in pixels of the model's frame */
    public MotionReader driver(FaceBox firstBox) {
        return new MotionReader(networks.motion(), firstBox);
    }

    @Override
    public void close() {
        networks.close();
    }
}
