package io.personalive.animation.model;

import io.personalive.networks.ConfigFile;
import io.personalive.networks.autoencoder.AutoencoderConfig;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.CheckpointShards;
import io.personalive.torch.weights.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One network's checkpoint alone. Sizes come from a {@code config.json} beside it, or are read off the tensors. */
final class SingleFile implements NetworkWeights {
    private static final int CLIP_HEAD_WIDTH = 64;

    private final Path file;

    SingleFile(Path file) {
        this.file = file;
    }

    @Override
    public TensorSource open(NetworkName network) {
        return NetworkFile.open(file, network);
    }

    @Override
    public UNetConfig unet() {
        List<Integer> channels = widths("down_blocks.%d.resnets.0.conv1.weight");
        int imageTokenWidth = size("down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight", 1);
        return UNetConfig.of(imageTokenWidth, channels.toArray(new Integer[0]));
    }

    @Override
    public AutoencoderConfig autoencoder() {
        return beside() ? ConfigFile.read(config(), AutoencoderConfig::of)
                : AutoencoderConfig.of(widths("encoder.down_blocks.%d.resnets.0.conv1.weight").toArray(new Integer[0]));
    }

    @Override
    public ImageEncoderConfig imageEncoder() {
        if (beside()) {
            return ConfigFile.read(config(), ImageEncoderConfig::of);
        }
        int width = size("vision_model.embeddings.class_embedding", 0);
        int layers = 0;
        try (TensorSource checkpoint = CheckpointShards.open(file)) {
            while (checkpoint.names().contains("vision_model.encoder.layers." + layers + ".layer_norm1.weight")) {
                layers++;
            }
        }
        int patch = size("vision_model.embeddings.patch_embedding.weight", 2);
        // a position for each patch of the square, and one for the whole
        int patches = size("vision_model.embeddings.position_embedding.weight", 0) - 1;
        return new ImageEncoderConfig(width, size("vision_model.encoder.layers.0.mlp.fc1.weight", 0), layers,
                Math.max(1, width / CLIP_HEAD_WIDTH), patch, patch * (int) Math.round(Math.sqrt(patches)),
                size("visual_projection.weight", 0), 1e-5);
    }

    @Override
    public int poseChannels() {
        return size("conv_out_modify.weight", 0);
    }

    private Path config() {
        return file.resolveSibling("config.json");
    }

    private boolean beside() {
        return Files.isRegularFile(config());
    }

    /** First sizes of a tensor that each level has one of. */
    private List<Integer> widths(String pattern) {
        List<Integer> widths = new ArrayList<>();
        try (TensorSource checkpoint = CheckpointShards.open(file)) {
            long[] level;
            while ((level = checkpoint.shape(String.format(Locale.ROOT, pattern, widths.size()), null)) != null) {
                widths.add((int) level[0]);
            }
        }
        if (widths.isEmpty()) {
            throw lacks(String.format(Locale.ROOT, pattern, 0));
        }
        return widths;
    }

    private int size(String tensor, int dimension) {
        try (TensorSource checkpoint = CheckpointShards.open(file)) {
            long[] shape = checkpoint.shape(tensor, null);
            if (shape == null || shape.length <= dimension) {
                throw lacks(tensor);
            }
            return (int) shape[dimension];
        }
    }

    private CheckpointException lacks(String tensor) {
        return new CheckpointException(file + " holds another network: it lacks " + tensor
                + ". ./personalive inspect says which network a file fits");
    }
}
