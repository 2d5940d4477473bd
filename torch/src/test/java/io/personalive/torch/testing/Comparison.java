package io.personalive.torch.testing;

import io.personalive.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** How far two tensors lie apart. */
public final class Comparison {
    private Comparison() {}

    /** ||actual - expected|| / ||expected|| over the whole tensors, in double; their shapes must be equal. */
    public static double relativeError(Tensor actual, Tensor expected) {
        if (!Arrays.equals(Tensors.shape(actual), Tensors.shape(expected))) {
            throw new AssertionError("shape " + Tensors.describe(Tensors.shape(actual)) + " instead of "
                    + Tensors.describe(Tensors.shape(expected)));
        }
        return relativeError(Tensors.floats(actual), Tensors.floats(expected));
    }

    private static double relativeError(float[] actual, float[] expected) {
        double difference = 0, size = 0;
        for (int i = 0; i < expected.length; i++) {
            double apart = (double) actual[i] - expected[i];
            difference += apart * apart;
            size += (double) expected[i] * expected[i];
        }
        return Math.sqrt(difference / size);
    }
}
