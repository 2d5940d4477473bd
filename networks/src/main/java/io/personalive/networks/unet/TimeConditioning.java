package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What the timesteps of a window's frames add in every residual block. The window's timesteps never change, so a
 * stream computes this once.
 *
 * @param shifts for each residual block in the order of computation (f, channels, 1, 1)
 */
public record TimeConditioning(List<Tensor> shifts) implements AutoCloseable {
    public TimeConditioning {
        shifts = List.copyOf(shifts);
        shifts.forEach(Scope::own);
    }

    @Override
    public void close() {
        shifts.forEach(Scope::release);
    }
}
