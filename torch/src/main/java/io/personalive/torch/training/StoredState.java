package io.personalive.torch.training;

import io.personalive.torch.Tensors;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What was saved of an optimiser or an average, checked before any of it is taken. */
final class StoredState {
    private StoredState() {}

    /** @throws IllegalArgumentException if there is no tensor of this name */
    static Tensor find(Map<String, Tensor> state, String name) {
        Tensor found = state.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the saved state lacks " + name
                    + ": it is of another model, or other parameters were trained");
        }
        return found;
    }

    /** @throws IllegalArgumentException if there is no tensor of this name and shape */
    static void check(Map<String, Tensor> state, String name, Tensor like) {
        Tensor found = find(state, name);
        if (!Arrays.equals(Tensors.shape(found), Tensors.shape(like))) {
            throw new IllegalArgumentException("the saved state's " + name + " is "
                    + Tensors.describe(Tensors.shape(found)) + ", expected " + Tensors.describe(Tensors.shape(like))
                    + ": it is of a model of another size");
        }
    }
}
