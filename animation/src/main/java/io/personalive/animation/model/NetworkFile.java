package io.personalive.animation.model;

import io.personalive.torch.weights.CheckpointShards;
import io.personalive.torch.weights.RenamedTensors;
import io.personalive.torch.weights.TensorSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens one network's checkpoint, whichever names of its time it uses. */
final class NetworkFile {
    /** How older files call the autoencoder's attention. */
    private static final Map<String, String> OLD_ATTENTION_NAMES =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");
    private static final Pattern OLD_ATTENTION =
            Pattern.compile("(.*mid_block\\.attentions\\.0\\.)(query|key|value|proj_attn)(\\.weight|\\.bias)");

    private NetworkFile() {}

    static TensorSource open(Path file, NetworkName network) {
        TensorSource checkpoint = CheckpointShards.open(file);
        if (network != NetworkName.AUTOENCODER) {
            return checkpoint;
        }
        try {
            return new RenamedTensors(checkpoint, NetworkFile::newName);
        } catch (RuntimeException failed) {
            checkpoint.close();
            throw failed;
        }
    }

    private static String newName(String name) {
        Matcher old = OLD_ATTENTION.matcher(name);
        return old.matches() ? old.group(1) + OLD_ATTENTION_NAMES.get(old.group(2)) + old.group(3) : name;
    }
}
