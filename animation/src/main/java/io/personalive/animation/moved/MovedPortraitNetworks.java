package io.personalive.animation.moved;

import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.stream.WindowShape;
import io.personalive.networks.landmark.LandmarkConfig;
import io.personalive.networks.landmark.LandmarkNetwork;
import io.personalive.networks.landmark.RestFace;
import io.personalive.torch.Device;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The networks of a model that moves portraits, loaded on one device, in float32. Immutable; closing it frees the weights. */
public final class MovedPortraitNetworks implements AutoCloseable {
    /** Numbers in a motion token. */
    public static final int TOKEN_WIDTH = FaceMotion.TOKEN_WIDTH;

    private final Lifetime lifetime = new Lifetime("the model");
    private final MovedPortraitSource source;
    private final Device device;
    private final Weights.Loaded<LandmarkNetwork> landmarks;
    private final Weights.Loaded<RestFace> restFace;

    private MovedPortraitNetworks(MovedPortraitSource source, Device device) {
        this.source = source;
        this.device = device;
        LandmarkConfig sizes = source.landmarks();
        landmarks = Weights.build(source.file(MovedPortraitSource.LANDMARKS), device, ScalarType.Float,
                at -> new LandmarkNetwork(at, sizes));
        try {
            restFace = Weights.build(source.file(MovedPortraitSource.REST_FACE), Device.CPU, ScalarType.Float, RestFace::new);
        } catch (RuntimeException failed) {
            landmarks.close();
            throw failed;
        }
    }

    /** @throws io.personalive.torch.weights.CheckpointException if a checkpoint doesn't fit */
    public static MovedPortraitNetworks load(MovedPortraitSource source, Device device) {
        return new MovedPortraitNetworks(source, device);
    }

    /** Side of the square frames, in pixels. */
    public int frameSize() {
        return source.frameSize();
    }

    /** A frame at a time. */
    public WindowShape window() {
        return source.window();
    }

    /** What reads a new driver. */
    public DriverReader driver() {
        return new DriverReader(this);
    }

    LandmarkNetwork landmarks() {
        return landmarks.network();
    }

    RestFace restFace() {
        return restFace.network();
    }

    Painter painter() {
        return Painter.NONE;
    }

    Device device() {
        return device;
    }

    /** @return the tensor on the networks' device, in float32 */
    Tensor onDevice(Tensor tensor) {
        return Tensors.to(tensor, device, ScalarType.Float);
    }

    /** Holds it open while a computation uses it. */
    Lifetime.Use use() {
        return lifetime.use();
    }

    @Override
    public void close() {
        lifetime.end(() -> {
            landmarks.close();
            restFace.close();
        });
    }
}
