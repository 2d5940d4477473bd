package io.personalive.animation.model;

import io.personalive.networks.autoencoder.Autoencoder;
import io.personalive.networks.autoencoder.ImageAutoencoder;
import io.personalive.networks.autoencoder.TinyAutoencoder;
import io.personalive.networks.clip.ImageEncoder;
import io.personalive.networks.motion.MotionEncoder;
import io.personalive.networks.motion.MotionExtractor;
import io.personalive.networks.pose.PoseGuider;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceUNet;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.weights.Requirements;
import io.personalive.torch.weights.Weights;
import java.util.List;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Which class each network is, and which sizes it is built of: the one table that says so.
 *
 * @param <T>         the network's class
 * @param name        of the network
 * @param kind        the network's class
 * @param constructor builds it
 */
public record NetworkType<T>(NetworkName name, Class<T> kind, BiFunction<Weights, NetworkWeights, T> constructor) {
    public static final NetworkType<Autoencoder> AUTOENCODER = new NetworkType<>(NetworkName.AUTOENCODER,
            Autoencoder.class, (at, sizes) -> new Autoencoder(at, sizes.autoencoder()));
    public static final NetworkType<TinyAutoencoder> TINY_AUTOENCODER = new NetworkType<>(NetworkName.TINY_AUTOENCODER,
            TinyAutoencoder.class, (at, sizes) -> new TinyAutoencoder(at, sizes.tinyAutoencoder()));
    public static final NetworkType<ImageEncoder> IMAGE_ENCODER = new NetworkType<>(NetworkName.IMAGE_ENCODER,
            ImageEncoder.class, (at, sizes) -> new ImageEncoder(at, sizes.imageEncoder()));
    public static final NetworkType<ReferenceUNet> REFERENCE_UNET = new NetworkType<>(NetworkName.REFERENCE_UNET,
            ReferenceUNet.class, (at, sizes) -> new ReferenceUNet(at, sizes.unet()));
    public static final NetworkType<DenoisingUNet> DENOISING_UNET = new NetworkType<>(NetworkName.DENOISING_UNET,
            DenoisingUNet.class, (at, sizes) -> new DenoisingUNet(at, sizes.unet()));
    public static final NetworkType<MotionEncoder> MOTION_ENCODER = new NetworkType<>(NetworkName.MOTION_ENCODER,
            MotionEncoder.class, (at, sizes) -> new MotionEncoder(at, sizes.motionEncoder()));
    public static final NetworkType<MotionExtractor> MOTION_EXTRACTOR = new NetworkType<>(NetworkName.MOTION_EXTRACTOR,
            MotionExtractor.class, (at, sizes) -> new MotionExtractor(at, sizes.motionExtractor()));
    public static final NetworkType<PoseGuider> POSE_GUIDER = new NetworkType<>(NetworkName.POSE_GUIDER,
            PoseGuider.class, (at, sizes) -> new PoseGuider(at, sizes.poseGuider(), sizes.poseChannels()));

    private static final List<NetworkType<?>> ALL = List.of(AUTOENCODER, TINY_AUTOENCODER, IMAGE_ENCODER, REFERENCE_UNET,
            DENOISING_UNET, MOTION_ENCODER, MOTION_EXTRACTOR, POSE_GUIDER);

    /** What a model of this description makes its latents with: the full autoencoder, or the tiny one where it has no other. */
    public static NetworkType<? extends ImageAutoencoder> autoencoder(ModelConfig config) {
        return config.fullAutoencoder().isPresent() ? AUTOENCODER : TINY_AUTOENCODER;
    }

    /** The type of the network that is called so. */
    public static NetworkType<?> of(NetworkName name) {
        return ALL.stream().filter(type -> type.name == name).findFirst().orElseThrow();
    }

    /**
     * Builds it for inference; the caller closes it.
     *
     * @param weights   its weights and sizes
     * @param device    where it computes
     * @param precision what networks compute in; see {@link #scalarType}
     * @throws io.personalive.torch.weights.CheckpointException if the weights don't fit
     */
    public Weights.Loaded<T> load(NetworkWeights weights, Device device, Precision precision) {
        return Weights.build(weights.open(name), device, scalarType(precision), at -> constructor.apply(at, weights));
    }

    /** What it computes in where networks compute in some precision: the motion extractor's angles need float32. */
    ScalarType scalarType(Precision precision) {
        return name == NetworkName.MOTION_EXTRACTOR ? ScalarType.Float : precision.type();
    }

    /**
     * Asks the network's own class what it needs.
     *
     * @return all tensors of its checkpoint
     */
    public Requirements requirements(NetworkWeights sizes) {
        return Weights.requirements(at -> constructor.apply(at, sizes));
    }
}
