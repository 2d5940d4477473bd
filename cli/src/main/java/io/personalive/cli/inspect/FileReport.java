package io.personalive.cli.inspect;

import io.personalive.animation.motion.MotionTemplate;
import io.personalive.cli.console.Progress;
import io.personalive.media.video.FrameRate;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.CheckpointShards;
import io.personalive.torch.weights.TensorEntry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What one checkpoint holds. */
final class FileReport {
    private FileReport() {}

    /** Prints all tensors, the totals, what the file says about itself and what it fits. @param file a checkpoint, or its index */
    static void print(Path file, PrintWriter out) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Path part : CheckpointShards.files(file)) {
            try (Checkpoint checkpoint = Checkpoint.open(part)) {
                int width = checkpoint.names().stream().mapToInt(String::length).max().orElse(0);
                checkpoint.tensors().forEach((name, tensor) -> out.printf(Locale.ROOT, "%-" + Math.max(1, width) + "s  %-4s  %s%n", name, tensor.type(),
                        Tensors.describe(tensor.shape())));
                metadata.putAll(checkpoint.metadata());
            }
        }
        out.println();
        metadata.forEach((key, value) -> out.println(key + " = " + value));
        out.println(totals(file));
        out.println("fits: " + fit(file));
    }

    /** @return such as {@code 3 tensors, 1,024 parameters, 4.1 kB} */
    static String totals(Path file) {
        long tensors = 0, parameters = 0, bytes = 0;
        for (Path part : CheckpointShards.files(file)) {
            try (Checkpoint checkpoint = Checkpoint.open(part)) {
                for (TensorEntry tensor : checkpoint.tensors().values()) {
                    tensors++;
                    parameters += tensor.elements();
                    bytes += tensor.elements() * tensor.type().bytes();
                }
            }
        }
        return String.format(Locale.ROOT, "%,d tensors, %,d parameters, %s", tensors, parameters, Progress.Unit.BYTES.format(bytes));
    }

    /** @return what the file is good for, as a sentence */
    static String fit(Path file) {
        Fit best = KnownNetworks.best(file);
        if (best.right() > 0) {
            return best.toString();
        }
        try {
            MotionTemplate template = MotionTemplate.read(file);
            FrameRate rate = new FrameRate(template.rateNumerator(), template.rateDenominator());
            return "motion template, " + template.frames().size() + " frames at " + rate + " frames/s, for models with motion encoder "
                    + template.model();
        } catch (CheckpointException other) {
            return "no network or motion template of PersonaLive";
        }
    }
}
