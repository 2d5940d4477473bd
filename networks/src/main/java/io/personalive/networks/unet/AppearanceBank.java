package io.personalive.networks.unet;

import io.personalive.networks.unet.UNetConfig.Attention;
import io.personalive.networks.unet.UNetConfig.Level;
import io.personalive.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What the reference UNet writes: for each of its transformer blocks the tokens that enter self-attention.
 *
 * @param tokens in the order of computation, each (b, h*w of its level, channels), normalised
 */
public record AppearanceBank(List<Tensor> tokens) implements AutoCloseable {
    public AppearanceBank {
        tokens = List.copyOf(tokens);
        tokens.forEach(Scope::own);
    }

    /**
     * What the blocks are called in files, such as {@code down.0.0}, {@code mid} or {@code up.3.2}: like their weights.
     *
     * @return as many names as there are blocks, in the order of computation
     */
    public static List<String> names(UNetConfig config) {
        List<String> names = new ArrayList<>();
        int last = config.levels().size() - 1;
        for (int level = 0; level <= last; level++) {
            add(names, "down." + level, config.levels().get(level), 0);
        }
        if (config.middle().contains(Attention.SELF)) {
            names.add("mid");
        }
        for (int level = last; level >= 0; level--) {
            add(names, "up." + (last - level), config.levels().get(level), 1);
        }
        return names;
    }

    private static void add(List<String> names, String block, Level level, int moreLayers) {
        if (level.attention().contains(Attention.SELF)) {
            for (int layer = 0; layer < level.layers() + moreLayers; layer++) {
                names.add(block + "." + layer);
            }
        }
    }

    @Override
    public void close() {
        tokens.forEach(Scope::release);
    }
}
