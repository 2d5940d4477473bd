package io.personalive.cli.inspect;

import io.personalive.animation.model.ModelConfig;
import io.personalive.animation.model.NetworkName;
import io.personalive.animation.model.NetworkWeights;
import io.personalive.networks.autoencoder.AutoencoderConfig;
import io.personalive.networks.autoencoder.TinyAutoencoderConfig;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.motion.MotionEncoderConfig;
import io.personalive.networks.motion.MotionExtractorConfig;
import io.personalive.networks.pose.PoseGuiderConfig;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.CheckpointShards;
import io.personalive.torch.weights.TensorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The sizes that a file's tensors show; the authors' for what they don't. */
final class SizesOfFile implements NetworkWeights {
    private static final String TEMPORAL_WIDTH = "down_blocks.%d.temporal_modules.0.temporal_transformer.norm.weight";
    private static final ModelConfig OFFICIAL = ModelConfig.named("personalive");

    private final Path file;
    private final NetworkWeights shown;

    SizesOfFile(Path file) {
        this.file = file;
        this.shown = NetworkWeights.parse(file.toString());
    }

    @Override
    public TensorSource open(NetworkName network) {
        return shown.open(network);
    }

    @Override
    public UNetConfig unet() {
        return either(shown::unet, () -> either(this::unetOfTemporalModules, OFFICIAL::unet));
    }

    @Override
    public AutoencoderConfig autoencoder() {
        return either(shown::autoencoder, OFFICIAL::autoencoder);
    }

    @Override
    public ImageEncoderConfig imageEncoder() {
        return either(shown::imageEncoder, ImageEncoderConfig::official);
    }

    @Override
    public TinyAutoencoderConfig tinyAutoencoder() {
        return shown.tinyAutoencoder();
    }

    @Override
    public MotionEncoderConfig motionEncoder() {
        return shown.motionEncoder();
    }

    @Override
    public MotionExtractorConfig motionExtractor() {
        return shown.motionExtractor();
    }

    @Override
    public PoseGuiderConfig poseGuider() {
        return shown.poseGuider();
    }

    @Override
    public int poseChannels() {
        return either(shown::poseChannels, () -> OFFICIAL.unet().channels().get(0));
    }

    private UNetConfig unetOfTemporalModules() {
        List<Integer> widths = new ArrayList<>();
        try (TensorSource checkpoint = CheckpointShards.open(file)) {
            long[] norm;
            while ((norm = checkpoint.shape(String.format(Locale.ROOT, TEMPORAL_WIDTH, widths.size()), null)) != null) {
                widths.add((int) norm[0]);
            }
        }
        return UNetConfig.of(OFFICIAL.unet().imageTokenWidth(), widths.toArray(Integer[]::new));
    }

    private static <T> T either(Supplier<T> first, Supplier<T> otherwise) {
        try {
            return first.get();
        } catch (CheckpointException | IllegalArgumentException notShown) {
            return otherwise.get();
        }
    }
}
