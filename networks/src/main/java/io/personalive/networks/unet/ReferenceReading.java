package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A reference as the denoising UNet reads it: for each transformer block the bank's keys and values and the image
 * token's attention. They are the same for every frame and step, so they are computed once per reference.
 */
public final class ReferenceReading implements Appearance, AutoCloseable {
    private final List<SelfAttention.KeysAndValues> banks;
    private final List<Tensor> imageVectors;

    /** Takes hold of the tensors. */
    ReferenceReading(List<SelfAttention.KeysAndValues> banks, List<Tensor> imageVectors) {
        this.banks = List.copyOf(banks);
        this.imageVectors = List.copyOf(imageVectors);
        tensors().forEach(Scope::own);
    }

    /**
     * @param keyframe a further reference, read by the same network
     * @return a reading of both: this one's tokens, then the keyframe's; independent of either
     */
    public ReferenceReading with(ReferenceReading keyframe) {
        try (Scope scope = new Scope()) {
            List<SelfAttention.KeysAndValues> joined = new ArrayList<>();
            for (int block = 0; block < banks.size(); block++) {
                SelfAttention.KeysAndValues first = banks.get(block);
                SelfAttention.KeysAndValues second = keyframe.banks.get(block);
                joined.add(new SelfAttention.KeysAndValues(Tensors.cat(1, first.keys(), second.keys()),
                        Tensors.cat(1, first.values(), second.values())));
            }
            return new ReferenceReading(joined, imageVectors);
        }
    }

    @Override
    public Tensor selfAttention(int block, SelfAttention attention, Tensor tokens) {
        return attention.forward(tokens, banks.get(block));
    }

    @Override
    public Tensor imageAttention(int block, ImageTokenAttention attention) {
        return imageVectors.get(block);
    }

    @Override
    public void close() {
        tensors().forEach(Scope::release);
    }

    private List<Tensor> tensors() {
        List<Tensor> all = new ArrayList<>(imageVectors);
        banks.forEach(bank -> {
            all.add(bank.keys());
            all.add(bank.values());
        });
        return all;
    }
}
