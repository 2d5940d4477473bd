package io.personalive.animation.model;

import io.personalive.networks.autoencoder.ImageAutoencoder;
import io.personalive.networks.clip.ImageEncoder;
import io.personalive.networks.motion.MotionEncoder;
import io.personalive.networks.motion.MotionExtractor;
import io.personalive.networks.pose.PoseGuider;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceUNet;
import io.personalive.torch.Device;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Precision;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** All networks of a model, loaded on one device. Immutable; closing it frees the weights, once no computation uses them. */
public final class Networks implements AutoCloseable {
    private final ModelConfig config;
    private final Device device;
    private final Precision precision;
    private final Lifetime lifetime = new Lifetime("the model");
    private final NetworkLoader loader;
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
        loader = new NetworkLoader(source, device, precision);
        motion = MotionNetworks.load(source, device, precision);
        try {
            autoencoder = tiny ? loader.network(NetworkType.TINY_AUTOENCODER) : loader.network(NetworkType.autoencoder(config));
            imageEncoder = config.imageEncoder().map(sizes -> loader.network(NetworkType.IMAGE_ENCODER));
            referenceUNet = loader.network(NetworkType.REFERENCE_UNET);
            denoisingUNet = loader.network(NetworkType.DENOISING_UNET);
            poseGuider = loader.network(NetworkType.POSE_GUIDER);
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
            loader.close();
            motion.close();
        });
    }
}
