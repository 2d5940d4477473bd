package io.personalive.torch.layers;

import io.personalive.torch.Pass;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Activation functions for values that nobody else holds: for inference they overwrite their argument,
 * which saves an allocation of its size.
 */
public final class Activation {
    private Activation() {}

    /** x * sigmoid(x). */
    public static Tensor silu(Tensor x) {
        if (!Pass.inference()) {
            return torch.silu(x);
        }
        // what silu_ returns only points to x and would dangle once x is freed
        torch.silu_(x);
        return x;
    }

    /** max(x, 0). */
    public static Tensor relu(Tensor x) {
        if (!Pass.inference()) {
            return torch.relu(x);
        }
        // what relu_ returns only points to x and would dangle once x is freed
        torch.relu_(x);
        return x;
    }

    /** x + y, written over x for inference. */
    public static Tensor add(Tensor x, Tensor y) {
        return Pass.inference() ? x.add_(y) : x.add(y);
    }
}
