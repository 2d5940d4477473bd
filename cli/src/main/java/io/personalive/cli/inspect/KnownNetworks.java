package io.personalive.cli.inspect;

import io.personalive.animation.model.NetworkName;
import io.personalive.animation.model.NetworkType;
import io.personalive.animation.model.NetworkWeights;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.CheckpointShards;
import io.personalive.torch.weights.Requirements;
import io.personalive.torch.weights.TensorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What each network asks for, from the networks themselves; and which of them a file fits. */
final class KnownNetworks {
    private static final Predicate<String> TEMPORAL = name -> name.contains(".temporal_modules.");
    private static final Predicate<String> MOTION = name -> name.contains(".motion_modules.");

    private static final Map<NetworkName, String> TITLES = new EnumMap<>(Map.of(
            NetworkName.AUTOENCODER, "autoencoder", NetworkName.TINY_AUTOENCODER, "tiny autoencoder",
            NetworkName.IMAGE_ENCODER, "image encoder (CLIP)", NetworkName.REFERENCE_UNET, "reference UNet",
            NetworkName.DENOISING_UNET, "denoising UNet", NetworkName.MOTION_ENCODER, "motion encoder",
            NetworkName.MOTION_EXTRACTOR, "motion extractor", NetworkName.POSE_GUIDER, "pose guider"));

    private KnownNetworks() {}

    /** What people call it. */
    static String title(NetworkName network) {
        return TITLES.get(network);
    }

    /** @return how the file fits the network that it fits best; networks of any size are tried */
    static Fit best(Path file) {
        NetworkWeights sizes = new SizesOfFile(file);
        List<Fit> fits = new ArrayList<>();
        for (NetworkName network : NetworkName.values()) {
            Requirements needs = NetworkType.of(network).requirements(sizes);
            try (TensorSource tensors = open(file, sizes, network)) {
                fits.add(Fit.of(title(network), needs, tensors));
                if (network == NetworkName.DENOISING_UNET) {
                    // files hold it in parts: its name stays with the largest
                    fits.add(Fit.of("denoising UNet without temporal modules", only(needs, TEMPORAL.negate()), tensors));
                    fits.add(Fit.of("temporal modules of the denoising UNet", only(needs, TEMPORAL), tensors));
                    fits.add(Fit.of("base UNet (Stable Diffusion 1.x)",
                            only(needs, TEMPORAL.or(MOTION).negate()), tensors));
                }
            }
        }
        return fits.stream().max(Comparator.comparingDouble(Fit::closeness)).orElseThrow();
    }

    private static TensorSource open(Path file, NetworkWeights sizes, NetworkName network) {
        try {
            return sizes.open(network);
        } catch (CheckpointException oldAndNewNames) {
            return CheckpointShards.open(file);
        }
    }

    private static Requirements only(Requirements all, Predicate<String> names) {
        Map<String, long[]> some = new LinkedHashMap<>(all.tensors());
        some.keySet().removeIf(names.negate());
        return new Requirements(some, all.ignored());
    }
}
