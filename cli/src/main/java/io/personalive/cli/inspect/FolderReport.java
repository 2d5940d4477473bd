package io.personalive.cli.inspect;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.model.NetworkName;
import io.personalive.animation.model.NetworkType;
import io.personalive.animation.model.NetworkWeights;
import io.personalive.animation.moved.MovedPortraitNetworks;
import io.personalive.cli.console.UserError;
import io.personalive.torch.Device;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.CheckpointShards;
import io.personalive.torch.weights.TensorSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the checkpoints of a folder are, and whether they make a whole model. */
final class FolderReport {
    private static final Pattern CHECKPOINT = Pattern.compile(".*\\.(safetensors|pth|pt|bin)(\\.index\\.json)?");
    /** The authors' layout has three levels. */
    private static final int DEEPEST = 4;

    private FolderReport() {}

    /** Prints a line for each checkpoint, and whether the folder can be given as a model. */
    static void print(Path folder, PrintWriter out) throws IOException {
        List<Path> files;
        try (Stream<Path> inside = Files.walk(folder, DEEPEST)) {
            files = inside.filter(Files::isRegularFile).filter(FolderReport::isCheckpoint).sorted().toList();
        }
        Set<Path> shards = files.stream().flatMap(file -> shards(file).stream()).collect(Collectors.toSet());
        if (files.isEmpty()) {
            throw new UserError(folder + " holds no checkpoints (.safetensors, .pth, .pt, .bin)");
        }
        for (Path file : files) {
            if (shards.contains(file)) {
                continue; // a part, told of with its index
            }
            out.println(folder.relativize(file));
            try {
                out.println("  " + FileReport.totals(file));
                out.println("  fits: " + FileReport.fit(file));
            } catch (CheckpointException unreadable) {
                out.println("  " + unreadable.getMessage());
            }
            out.flush();
        }
        out.println();
        printModel(folder, out);
    }

    private static void printModel(Path folder, PrintWriter out) {
        List<String> problems = new ArrayList<>();
        try {
            ModelSource model = ModelSource.parse(folder.toString());
            if (model instanceof MovedPortraitSource moving) {
                MovedPortraitNetworks.load(moving, Device.CPU).close();
            }
            for (NetworkName network : NetworkName.values()) {
                if (model.has(network)) {
                    try (TensorSource tensors = model.open(network)) {
                        Fit fit = Fit.of(KnownNetworks.title(network),
                                NetworkType.of(network).requirements(NetworkWeights.of(model)), tensors);
                        if (!fit.full()) {
                            problems.add(tensors.description() + ": " + fit);
                        }
                    } catch (CheckpointException unreadable) {
                        problems.add(unreadable.getMessage());
                    }
                }
            }
        } catch (CheckpointException | IllegalArgumentException incomplete) {
            problems.add(incomplete.getMessage());
        }
        out.println(problems.isEmpty() ? "The model is complete: use it with --model " + folder
                : "The model is not complete:\n" + String.join("\n", problems));
    }

    /** The other files that an index names; none of a file that is no index, or a broken one. */
    private static List<Path> shards(Path file) {
        try {
            return CheckpointShards.files(file).stream().filter(part -> !part.equals(file)).toList();
        } catch (CheckpointException broken) {
            return List.of();
        }
    }

    private static boolean isCheckpoint(Path file) {
        return CHECKPOINT.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT)).matches();
    }
}
