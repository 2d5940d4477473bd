package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * What the timesteps of a window's frames add in every residual block. The window's timesteps never change, so a
 * stream computes this once; several sequences share those of f frames.
 *
 * @param shifts for each residual block in the order of computation (f, channels, 1, 1) or (b*f, channels, 1, 1)
 */
public record TimeConditioning(List<Tensor> shifts) implements AutoCloseable {
    public TimeConditioning {
        shifts = List.copyOf(shifts);
        shifts.forEach(Scope::own);
    }

    /** How many timesteps there are: f, shared by all sequences, or b*f. */
    public long frames() {
        return shifts.get(0).size(0);
    }

    /**
     * @param block    number of the residual block
     * @param pictures b*f
     * @return (b*f, channels, 1, 1), or (1, channels, 1, 1) for all of them
     */
    Tensor shift(int block, long pictures) {
        Tensor shift = shifts.get(block);
        return shift.size(0) == 1 || shift.size(0) == pictures ? shift : shift.repeat(pictures / shift.size(0), 1, 1, 1);
    }

    /** @return the same with every shift changed; the caller closes it */
    TimeConditioning each(UnaryOperator<Tensor> change) {
        try (Scope scope = new Scope()) {
            return new TimeConditioning(shifts.stream().map(change).toList());
        }
    }

    @Override
    public void close() {
        shifts.forEach(Scope::release);
    }
}
