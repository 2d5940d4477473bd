package io.personalive.animation.model;

import io.personalive.networks.ConfigFile;
import io.personalive.networks.autoencoder.AutoencoderConfig;
import io.personalive.networks.autoencoder.TinyAutoencoderConfig;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.motion.MotionEncoderConfig;
import io.personalive.networks.motion.MotionExtractorConfig;
import io.personalive.networks.pose.KeypointPictureConfig;
import io.personalive.networks.pose.PoseGuiderConfig;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.torch.weights.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** Weights and sizes of single networks: a folder that need not be complete, one checkpoint file, or synthetic ones. */
public interface NetworkWeights {
    /** Opens one network's tensors; the caller closes them. */
    TensorSource open(NetworkName network);

    /** Sizes of the UNets. */
    UNetConfig unet();

    /**
     * Sizes of the full autoencoder.
     *
     * @throws IllegalArgumentException if there is none
     */
    AutoencoderConfig autoencoder();

    /**
     * Sizes of the image encoder.
     *
     * @throws IllegalArgumentException if there is none
     */
    ImageEncoderConfig imageEncoder();

    /** Sizes of the tiny autoencoder. */
    default TinyAutoencoderConfig tinyAutoencoder() {
        return TinyAutoencoderConfig.OFFICIAL;
    }

    /** Sizes of the motion encoder. */
    default MotionEncoderConfig motionEncoder() {
        return MotionEncoderConfig.OFFICIAL;
    }

    /** Sizes of the motion extractor. */
    default MotionExtractorConfig motionExtractor() {
        return MotionExtractorConfig.OFFICIAL;
    }

    /** Sizes of the pose guider. */
    default PoseGuiderConfig poseGuider() {
        return PoseGuiderConfig.OFFICIAL;
    }

    /** What the pose guider sees. */
    default KeypointPictureConfig keypointPicture() {
        return KeypointPictureConfig.OFFICIAL;
    }

    /** Channels of the pose features. */
    default int poseChannels() {
        return unet().channels().get(0);
    }

    /**
     * @param text a folder in the official layout, one network's checkpoint file, or {@code synthetic:NAME}
     * @throws IllegalArgumentException if there is nothing of the kind
     */
    static NetworkWeights parse(String text) {
        if (text.startsWith("synthetic:")) {
            return of(ModelSource.parse(text));
        }
        Path path = Path.of(text);
        if (Files.isDirectory(path)) {
            return DescribedFolder.is(path) ? of(DescribedFolder.partial(path)) : new Folder(path);
        }
        if (Files.exists(path)) {
            return DescribedFolder.is(path.toAbsolutePath().getParent()) ? of(DescribedFile.of(path)) : new SingleFile(path);
        }
        throw new IllegalArgumentException("weights '" + text + "' are neither a folder, a checkpoint file nor synthetic:NAME");
    }

    /** The networks of a whole model. */
    static NetworkWeights of(ModelSource model) {
        return new NetworkWeights() {
            @Override
            public TensorSource open(NetworkName network) {
                return model.open(network);
            }

            @Override
            public UNetConfig unet() {
                return model.config().unet();
            }

            @Override
            public AutoencoderConfig autoencoder() {
                return model.config().autoencoder();
            }

            @Override
            public ImageEncoderConfig imageEncoder() {
                return model.config().imageEncoder().orElseThrow(() -> new IllegalArgumentException(
                        model.description() + " has no image encoder: its " + ModelFile.NAME + " says null"));
            }

            @Override
            public TinyAutoencoderConfig tinyAutoencoder() {
                return model.config().tinyAutoencoder();
            }

            @Override
            public MotionEncoderConfig motionEncoder() {
                return model.config().motionEncoder();
            }

            @Override
            public MotionExtractorConfig motionExtractor() {
                return model.config().motionExtractor();
            }

            @Override
            public PoseGuiderConfig poseGuider() {
                return model.config().poseGuider();
            }

            @Override
            public KeypointPictureConfig keypointPicture() {
                return model.config().keypointPicture();
            }
        };
    }

    /** A folder in the official layout, of which only what is asked for need be there. */
    record Folder(Path folder) implements NetworkWeights {
        @Override
        public TensorSource open(NetworkName network) {
            return ModelFolder.open(folder, network);
        }

        @Override
        public UNetConfig unet() {
            return ConfigFile.read(folder.resolve("sd-image-variations-diffusers/unet/config.json"), UNetConfig::of);
        }

        @Override
        public AutoencoderConfig autoencoder() {
            return ConfigFile.read(folder.resolve("sd-vae-ft-mse/config.json"), AutoencoderConfig::of);
        }

        @Override
        public ImageEncoderConfig imageEncoder() {
            return ConfigFile.read(folder.resolve("sd-image-variations-diffusers/image_encoder/config.json"), ImageEncoderConfig::of);
        }
    }
}
