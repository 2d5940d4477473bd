package io.personalive.training.losses;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.ChosenTensors;
import io.personalive.torch.weights.MergedTensors;
import io.personalive.torch.weights.TensorSource;
import io.personalive.torch.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How far apart a classifier's features of two pictures are, at five depths, weighted by what people found. Zhang et al.
 * 2018. With AlexNet or VGG-16, whose weights the user has: torchvision's, and those of the linear layers.
 */
public final class Lpips implements PerceptualDistance {
    private static final float[] MEAN = {-0.030f, -0.088f, -0.188f}, DEVIATION = {0.458f, 0.448f, 0.450f};
    private static final double LEAST_LENGTH = 1e-10;
    private static final String FIRST = "features.0.weight";

    /** A convolution, and what stands around it. */
    private record Layer(int number, int out, int kernel, int stride, int padding, boolean poolsBefore, boolean seen) {}

    private static final int POOL_ALEX = 3, POOL_VGG = 2;
    private static final List<Layer> ALEX = List.of(new Layer(0, 64, 11, 4, 2, false, true),
            new Layer(3, 192, 5, 1, 2, true, true), new Layer(6, 384, 3, 1, 1, true, true),
            new Layer(8, 256, 3, 1, 1, false, true), new Layer(10, 256, 3, 1, 1, false, true));
    private static final List<Layer> VGG = List.of(vgg(0, 64, false, false), vgg(2, 64, false, true), vgg(5, 128, true, false),
            vgg(7, 128, false, true), vgg(10, 256, true, false), vgg(12, 256, false, false), vgg(14, 256, false, true),
            vgg(17, 512, true, false), vgg(19, 512, false, false), vgg(21, 512, false, true), vgg(24, 512, true, false),
            vgg(26, 512, false, false), vgg(28, 512, false, true));

    private static Layer vgg(int number, int out, boolean poolsBefore, boolean seen) {
        return new Layer(number, out, 3, 1, 1, poolsBefore, seen);
    }

    private final Weights.Loaded<Features> features;

    private Lpips(Weights.Loaded<Features> features) {
        this.features = features;
    }

    /**
     * @param files the classifier's weights as torchvision names them, and the linear layers' as the authors of LPIPS do
     * @throws CheckpointException if they are of another network, or one is missing
     */
    public static Lpips load(List<Path> files, Device device) {
        List<TensorSource> open = new ArrayList<>();
        try {
            files.forEach(file -> open.add(Checkpoint.open(file)));
        } catch (RuntimeException broken) {
            open.forEach(TensorSource::close);
            throw broken;
        }
        TensorSource all = ChosenTensors.without(new MergedTensors(open, List.of()), name -> name.startsWith("classifier."));
        long[] first = all.shape(FIRST, null);
        if (first == null) {
            all.close();
            throw new CheckpointException(files + " hold no " + FIRST + ": give torchvision's weights of AlexNet or VGG-16, and"
                    + " those of LPIPS's linear layers beside them");
        }
        boolean alex = first[3] == ALEX.get(0).kernel();
        return new Lpips(Weights.build(all, device, ScalarType.Float, at -> new Features(at, alex ? ALEX : VGG,
                alex ? POOL_ALEX : POOL_VGG)));
    }

    @Override
    public Tensor between(Tensor pictures, Tensor truth) {
        try (Scope scope = new Scope()) {
            return scope.keep(ofEach(pictures, truth).mean());
        }
    }

    /** The same for each picture. @return (n) */
    public Tensor ofEach(Tensor pictures, Tensor truth) {
        try (Scope scope = new Scope()) {
            List<Tensor> made = features.network().forward(pictures), wanted = features.network().forward(truth);
            Tensor sum = null;
            for (int depth = 0; depth < made.size(); depth++) {
                Tensor apart = made.get(depth).sub(wanted.get(depth)).square();
                Tensor each = apart.mul(features.network().weights.get(depth)).sum(1).flatten(1, 2).mean(1);
                sum = sum == null ? each : sum.add(each);
            }
            return scope.keep(sum);
        }
    }

    @Override
    public void close() {
        features.close();
    }

    /** The classifier up to its last convolution. */
    private static final class Features {
        private final List<Layer> layers;
        private final int pool;
        private final List<Conv2d> convolutions = new ArrayList<>();
        private final List<Tensor> weights = new ArrayList<>();
        private final Tensor mean, deviation;

        Features(Weights at, List<Layer> layers, int pool) {
            this.layers = layers;
            this.pool = pool;
            mean = at.own(Tensors.to(Tensors.of(MEAN, 1, 3, 1, 1), at.device(), at.type()));
            deviation = at.own(Tensors.to(Tensors.of(DEVIATION, 1, 3, 1, 1), at.device(), at.type()));
            int channels = 3;
            for (Layer layer : layers) {
                convolutions.add(Conv2d.of(at.at("features").at(layer.number()), channels, layer.out(), layer.kernel(),
                        layer.stride(), layer.padding()));
                channels = layer.out();
                if (layer.seen()) {
                    weights.add(at.at("lin" + weights.size() + ".model.1").get("weight", 1, channels, 1, 1));
                }
            }
        }

        /** @return at five depths (n, c, h, w), each pixel's features of length one */
        List<Tensor> forward(Tensor pictures) {
            try (Scope scope = new Scope()) {
                List<Tensor> seen = new ArrayList<>();
                Tensor hidden = pictures.sub(mean).div(deviation);
                for (int i = 0; i < layers.size(); i++) {
                    if (layers.get(i).poolsBefore()) {
                        hidden = torch.max_pool2d(hidden, new long[] {pool, pool}, new long[] {2, 2}, new long[] {0, 0},
                                new long[] {1, 1}, false);
                    }
                    hidden = torch.relu(convolutions.get(i).forward(hidden));
                    if (layers.get(i).seen()) {
                        Tensor length = hidden.square().sum(new long[] {1}, true, new ScalarTypeOptional())
                                .add(new Scalar(LEAST_LENGTH * LEAST_LENGTH)).sqrt();
                        seen.add(scope.keep(hidden.div(length.add(new Scalar(LEAST_LENGTH)))));
                    }
                }
                return seen;
            }
        }
    }
}
