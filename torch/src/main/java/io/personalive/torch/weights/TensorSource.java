package io.personalive.torch.weights;

import io.personalive.torch.Device;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Where named tensors come from: a checkpoint file, the synthetic formula, a fresh initialisation. */
public interface TensorSource extends AutoCloseable {
    /** What messages call this source: a file's path, {@code synthetic:mini}. */
    String description();

    /** All names this source holds; empty for a source that makes any tensor it is asked for. */
    Set<String> names();

    /** @return the shape of a tensor, or null where the source lacks it; a generating source returns {@code expected} */
    long[] shape(String name, long[] expected);

    /** The number format that a tensor is stored in; float32 where it is made. */
    default ScalarType type(String name) {
        return ScalarType.Float;
    }

    /**
     * Reads or makes one tensor.
     *
     * @param shape as {@link #shape} gave it
     * @return the tensor on {@code device} in number format {@code type}, row-major; it may lie on a file's mapped bytes,
     *     so nothing may write to it
     */
    Tensor read(String name, long[] shape, Device device, ScalarType type);

    /** Closes files; tensors that were read stay usable. */
    @Override
    void close();
}
