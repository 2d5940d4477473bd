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
import io.personalive.torch.Lifetime;
import io.personalive.torch.Precision;
import io.personalive.torch.weights.TensorSource;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** All networks of a model, loaded on one device. Immutable; closing it frees the weights, once no computation uses them. */
public final class Networks implements AutoCloseable {
    private final ModelConfig config;
    private final Device device;
    private final Precision precision;
    private final Lifetime lifetime = new Lifetime("the model");
    private final List<Weights.Loaded<?>> loaded = new ArrayList<>();
    private final ImageAutoencoder autoencoder;
    private final Optional<ImageEncoder> imageEncoder;
    private final ReferenceUNet referenceUNet;
    private final DenoisingUNet denoisingUNet;
    private final MotionNetworks motion;
    private final PoseGuider poseGuider;

    private Networks(ModelSource source, Device device, Precision precision, boolean tiny) {
        this.config = source.config();
        this.device = device;
        this.precision = precision;
        motion = MotionNetworks.load(source, device, precision);
        try {
            autoencoder = tiny ? load(source, NetworkName.TINY_AUTOENCODER,
                            at -> new TinyAutoencoder(at, config.latents()))
                    : load(source, NetworkName.AUTOENCODER, at -> new Autoencoder(at, config.autoencoder()));
            imageEncoder = config.imageEncoder()
                    .map(sizes -> load(source, NetworkName.IMAGE_ENCODER, at -> new ImageEncoder(at, sizes)));
            referenceUNet = load(source, NetworkName.REFERENCE_UNET, at -> new ReferenceUNet(at, config.unet()));
            denoisingUNet = load(source, NetworkName.DENOISING_UNET, at -> new DenoisingUNet(at, config.unet()));
            poseGuider = load(source, NetworkName.POSE_GUIDER,
                    at -> new PoseGuider(at, config.poseGuider(), config.unet().channels().get(0)));
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * @param source    of the weights
     * @param device    where all networks compute
     * @param precision what they compute in; the motion extractor is always float32
     * @param tiny      whether the tiny autoencoder takes the place of the full one
     * @throws io.personalive.torch.weights.CheckpointException if a checkpoint doesn't fit
     */
    public static Networks load(ModelSource source, Device device, Precision precision, boolean tiny) {
        return new Networks(source, device, precision, tiny);
    }

    private <T> T load(ModelSource source, NetworkName name, Function<Weights, T> constructor) {
        TensorSource tensors = source.open(name);
        Weights.Loaded<T> network = Weights.build(tensors, device, precision.type(), constructor);
        loaded.add(network);
        return network.network();
    }

    public ModelConfig config() {
        return config;
    }

    /**
     * Holds the weights while a computation uses them: closing waits meanwhile.
     *
     * @throws IllegalStateException if they are closed
     */
    public Lifetime.Use use() {
        return lifetime.use();
    }

    public Device device() {
        return device;
    }

    public Precision precision() {
        return precision;
    }

    public ImageAutoencoder autoencoder() {
        return autoencoder;
    }

    /** Empty where the model has none. */
    public Optional<ImageEncoder> imageEncoder() {
        return imageEncoder;
    }

    public ReferenceUNet referenceUNet() {
        return referenceUNet;
    }

    public DenoisingUNet denoisingUNet() {
        return denoisingUNet;
    }

    /** Those that read motion off pictures; closed with the others. */
    public MotionNetworks motion() {
        return motion;
    }

    public MotionEncoder motionEncoder() {
        return motion.encoder();
    }

    public MotionExtractor motionExtractor() {
        return motion.extractor();
    }

    public PoseGuider poseGuider() {
        return poseGuider;
    }

    /** @return the tensor on the networks' device, in float32 */
    public Tensor onDevice(Tensor tensor) {
        return motion.onDevice(tensor);
    }

    /** @return the tensor on the networks' device, in their number format */
    public Tensor inPrecision(Tensor tensor) {
        return motion.inPrecision(tensor);
    }

    @Override
    public void close() {
        lifetime.end(() -> {
            loaded.forEach(Weights.Loaded::close);
            motion.close();
        });
    }
}
