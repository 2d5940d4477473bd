package io.personalive.animation.moved;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.networks.landmark.LandmarkConfig;
import io.personalive.networks.landmark.LandmarkNetwork;
import io.personalive.networks.landmark.RestFace;
import io.personalive.networks.layers.LayerNetwork;
import io.personalive.networks.layers.PortraitLayers;
import io.personalive.networks.paint.FaceRegions;
import io.personalive.networks.paint.PaintNetwork;
import io.personalive.networks.warp.HeadPose;
import io.personalive.torch.Device;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The networks of a model that moves portraits, loaded on one device, in float32. Immutable; closing it frees the weights. */
public final class MovedPortraitNetworks implements AutoCloseable {
    /** Numbers in a motion token. */
    public static final int TOKEN_WIDTH = FaceMotion.TOKEN_WIDTH;

    private final Lifetime lifetime = new Lifetime("the model");
    private final MovedPortraitSource source;
    private final Device device;
    private final List<Weights.Loaded<?>> loaded = new ArrayList<>();
    private final Weights.Loaded<LandmarkNetwork> landmarks;
    private final Weights.Loaded<RestFace> restFace;
    private final Painter painter;
    private final Optional<LayerNetwork> layers;

    private MovedPortraitNetworks(MovedPortraitSource source, Device device) {
        this.source = source;
        this.device = device;
        LandmarkConfig sizes = source.landmarks();
        landmarks = load(MovedPortraitSource.LANDMARKS, device, at -> new LandmarkNetwork(at, sizes));
        restFace = load(MovedPortraitSource.REST_FACE, Device.CPU, RestFace::new);
        painter = source.painter().<Painter>map(widths -> new NetworkPainter(
                load(MovedPortraitSource.PAINTER, device, at -> new PaintNetwork(at, widths)).network())).orElse(Painter.NONE);
        layers = source.layers().map(widths ->
                load(MovedPortraitSource.LAYERS, device, at -> new LayerNetwork(at, widths)).network());
    }

    private <T> Weights.Loaded<T> load(String file, Device on, Function<Weights, T> constructor) {
        try {
            Weights.Loaded<T> network = Weights.build(source.file(file), on, ScalarType.Float, constructor);
            loaded.add(network);
            return network;
        } catch (RuntimeException failed) {
            loaded.forEach(Weights.Loaded::close);
            throw failed;
        }
    }

    /** Loads the model that is part of the program, on the processor. */
    public static MovedPortraitNetworks nano() {
        return load((MovedPortraitSource) ModelSource.parse("nano"), Device.CPU);
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
        return painter;
    }

    /**
     * @param picture (1, 3, s, s) in [-1, 1]
     * @param shape   (1, 129, 3), its face in the head frame
     * @return its layers; empty where all of a picture moves with the head
     */
    Optional<PortraitLayers> parted(Tensor picture, Tensor shape, HeadPose pose) {
        return layers.map(network -> {
            float[] landmarks = Tensors.floats(pose.posed(shape).narrow(2, 0, 2));
            return network.forward(picture, FaceRegions.picture(landmarks, picture));
        });
    }

    Device device() {
        return device;
    }

    /** @return the face's pose, on the networks' device */
    HeadPose pose(FaceMotion of) {
        HeadPose pose = of.pose();
        return new HeadPose(onDevice(pose.pitch()), onDevice(pose.yaw()), onDevice(pose.roll()), onDevice(pose.translation()),
                onDevice(pose.scale()));
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
        lifetime.end(() -> loaded.forEach(Weights.Loaded::close));
    }
}
