package io.personalive.animation.model;

import io.personalive.networks.motion.MotionEncoder;
import io.personalive.networks.motion.MotionExtractor;
import io.personalive.torch.Device;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Precision;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The two networks that read motion off pictures, loaded on one device: all that is needed of a model to read a
 * driver. Immutable; closing it frees the weights, once no computation uses them.
 */
public final class MotionNetworks implements AutoCloseable {
    private final ModelConfig config;
    private final Device device;
    private final Precision precision;
    private final Lifetime lifetime = new Lifetime("the model");
    private final NetworkLoader loader;
    private final MotionEncoder encoder;
    private final MotionExtractor extractor;

    private MotionNetworks(ModelSource source, Device device, Precision precision) {
        this.config = source.config();
        this.device = device;
        this.precision = precision;
        loader = new NetworkLoader(source, device, precision);
        try {
            encoder = loader.network(NetworkType.MOTION_ENCODER);
            extractor = loader.network(NetworkType.MOTION_EXTRACTOR);
        } catch (RuntimeException failed) {
            loader.close();
            throw failed;
        }
    }

    /**
     * @param source    of the weights
     * @param device    where both compute
     * @param precision what the encoder computes in; the extractor is always float32
     * @throws io.personalive.torch.weights.CheckpointException if a checkpoint doesn't fit
     */
    public static MotionNetworks load(ModelSource source, Device device, Precision precision) {
        return new MotionNetworks(source, device, precision);
    }

    public ModelConfig config() {
        return config;
    }

    /** Side of the model's square frames, in pixels. */
    public int frameSize() {
        return config.frameSize();
    }

    /**
     * Holds the weights while a computation uses them: closing waits meanwhile.
     *
     * @throws IllegalStateException if they are closed
     */
    public Lifetime.Use use() {
        return lifetime.use();
    }

    /** Where both compute. */
    public Device device() {
        return device;
    }

    public MotionEncoder encoder() {
        return encoder;
    }

    public MotionExtractor extractor() {
        return extractor;
    }

    /** @return the tensor on the networks' device, in float32 */
    public Tensor onDevice(Tensor tensor) {
        return Tensors.to(tensor, device, ScalarType.Float);
    }

    /** @return the tensor on the networks' device, in the encoder's number format */
    public Tensor inPrecision(Tensor tensor) {
        return Tensors.to(tensor, device, precision.type());
    }

    @Override
    public void close() {
        lifetime.end(loader::close);
    }
}
