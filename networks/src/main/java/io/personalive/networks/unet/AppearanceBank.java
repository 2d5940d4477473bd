package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What the reference UNet writes: for each of its transformer blocks the tokens that enter self-attention.
 *
 * @param tokens in the order of computation, each (1, h*w of its level, channels), normalised
 */
public record AppearanceBank(List<Tensor> tokens) implements AutoCloseable {
    public AppearanceBank {
        tokens = List.copyOf(tokens);
        tokens.forEach(Scope::own);
    }

    /**
     * What the blocks are called in files: {@code down.0.0}, …, {@code mid}, …, {@code up.3.2}.
     *
     * @return as many names as there are blocks, in the order of computation
     */
    public static List<String> names(UNetConfig config) {
        List<String> names = new ArrayList<>();
        int last = config.channels().size() - 1;
        for (int level = 0; level < last; level++) {
            for (int layer = 0; layer < config.layersPerBlock(); layer++) {
                names.add("down." + level + "." + layer);
            }
        }
        names.add("mid");
        for (int level = 1; level <= last; level++) {
            for (int layer = 0; layer <= config.layersPerBlock(); layer++) {
                names.add("up." + level + "." + layer);
            }
        }
        return names;
    }

    @Override
    public void close() {
        tokens.forEach(Scope::release);
    }
}
