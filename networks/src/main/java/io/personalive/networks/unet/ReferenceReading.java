package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Attention.KeysAndValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * References as the denoising UNet reads them, one for each of b sequences: for each transformer block the bank's keys
 * and values and the image token's attention. They are the same for every frame and step, so they are computed once
 * per reference.
 */
public final class ReferenceReading implements Appearance, AutoCloseable {
    /**
     * What one transformer block reads.
     *
     * @param banks (b, n, c) each; together of all sequences in their order
     * @param image (b, 1, c), where the block reads the image token
     */
    record Block(List<KeysAndValues> banks, Optional<Tensor> image) {}

    private final long sequences;
    private final List<Block> blocks;

    /** Takes hold of the tensors. */
    ReferenceReading(long sequences, List<Block> blocks) {
        this.sequences = sequences;
        this.blocks = List.copyOf(blocks);
        tensors().forEach(Scope::own);
    }

    /**
     * Several readings as one, for a pass that serves all their sequences. The banks may have different lengths; they
     * are shared, not copied, and stay whole until this one and those it was made of are closed.
     *
     * @param readings by the same network, in the order of the pass's sequences
     * @return the reading of all; the caller closes it, and each of {@code readings} by itself
     */
    public static ReferenceReading batch(List<ReferenceReading> readings) {
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("there are no readings to put together: give one or more");
        }
        try (Scope scope = new Scope()) {
            List<Block> joined = new ArrayList<>();
            for (int number = 0; number < readings.get(0).blocks.size(); number++) {
                int block = number;
                List<Block> parts = readings.stream().map(reading -> reading.blocks.get(block)).toList();
                List<Tensor> images = parts.stream().flatMap(part -> part.image().stream()).toList();
                joined.add(new Block(parts.stream().flatMap(part -> part.banks().stream()).toList(),
                        images.isEmpty() ? Optional.empty() : Optional.of(Tensors.cat(0, images))));
            }
            return new ReferenceReading(readings.stream().mapToLong(ReferenceReading::sequences).sum(), joined);
        }
    }

    /** How many sequences read, b. */
    public long sequences() {
        return sequences;
    }

    /**
     * @param keyframe a further reference of each sequence, read by the same network
     * @return a reading of both: this one's tokens, then the keyframe's; independent of either
     */
    public ReferenceReading with(ReferenceReading keyframe) {
        try (Scope scope = new Scope()) {
            List<Block> joined = new ArrayList<>();
            for (int block = 0; block < blocks.size(); block++) {
                List<KeysAndValues> first = blocks.get(block).banks(), second = keyframe.blocks.get(block).banks();
                if (!sizes(first).equals(sizes(second))) {
                    throw new IllegalArgumentException("the reading is of " + sizes(first) + " sequences, the keyframe's of "
                            + sizes(second) + ": join each sequence's before putting them together");
                }
                joined.add(new Block(IntStream.range(0, first.size())
                        .mapToObj(part -> join(first.get(part), second.get(part))).toList(), blocks.get(block).image()));
            }
            return new ReferenceReading(sequences, joined);
        }
    }

    private static List<Long> sizes(List<KeysAndValues> banks) {
        return banks.stream().map(bank -> bank.keys().size(0)).toList();
    }

    private static KeysAndValues join(KeysAndValues first, KeysAndValues second) {
        return new KeysAndValues(Tensors.cat(1, first.keys(), second.keys()),
                Tensors.cat(1, first.values(), second.values()));
    }

    @Override
    public Tensor selfAttention(int block, SelfAttention attention, Tensor tokens) {
        return attention.forward(tokens, blocks.get(block).banks());
    }

    @Override
    public Tensor imageAttention(int block, ImageTokenAttention attention, long pictures) {
        Tensor image = blocks.get(block).image().orElseThrow();
        return sequences == 1 ? image : image.expand(-1, pictures / sequences, -1).flatten(0, 1).unsqueeze(1);
    }

    @Override
    public ReferenceReading each(UnaryOperator<Tensor> change) {
        try (Scope scope = new Scope()) {
            return new ReferenceReading(sequences, blocks.stream().map(block -> new Block(
                    block.banks().stream().map(bank ->
                            new KeysAndValues(change.apply(bank.keys()), change.apply(bank.values()))).toList(),
                    block.image().map(change))).toList());
        }
    }

    @Override
    public void close() {
        tensors().forEach(Scope::release);
    }

    private List<Tensor> tensors() {
        List<Tensor> all = new ArrayList<>();
        for (Block block : blocks) {
            block.image().ifPresent(all::add);
            block.banks().forEach(bank -> {
                all.add(bank.keys());
                all.add(bank.values());
            });
        }
        return all;
    }
}
