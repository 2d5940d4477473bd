package io.personalive.training.identity;

import io.personalive.animation.portrait.Frames;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.Weights;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** ArcFace's own network, from its weights. */
final class ResnetRecognition implements FaceRecognition {
    private final Weights.Loaded<ImprovedResnet> network;

    private ResnetRecognition(Weights.Loaded<ImprovedResnet> network) {
        this.network = network;
    }

    static ResnetRecognition load(Path file) {
        Checkpoint weights = Checkpoint.open(file);
        ImprovedResnet.Sizes sizes;
        try {
            sizes = ImprovedResnet.Sizes.of(weights);
        } catch (RuntimeException other) {
            weights.close();
            throw other;
        }
        return new ResnetRecognition(Weights.build(weights, Device.CPU, ScalarType.Float, at -> new ImprovedResnet(at, sizes)));
    }

    @Override
    public float[] embed(BufferedImage aligned) {
        try (Scope scope = new Scope()) {
            return Tensors.floats(Scope.inference(() -> network.network().forward(Frames.toSigned(List.of(aligned)))));
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
