package io.personalive.cli.network;

import io.personalive.cli.console.UserError;
import io.personalive.torch.Device;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Checkpoint;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The tensors that a network is given, checked as they are taken. */
final class Inputs {
    /** A size that may be anything positive. */
    static final long ANY = -1;

    private final Checkpoint file;

    /** @param file stays open while the inputs are used */
    Inputs(Checkpoint file) {
        this.file = file;
    }

    /** @return the file's metadata */
    Map<String, String> metadata() {
        return file.metadata();
    }

    boolean has(String name) {
        return file.names().contains(name);
    }

    /** @return a float32 tensor on the processor */
    Tensor floats(String name, long... shape) {
        return take(name, ScalarType.Float, shape);
    }

    /** @return an int64 tensor on the processor */
    Tensor longs(String name, long... shape) {
        return take(name, ScalarType.Long, shape);
    }

    /** @return a uint8 tensor on the processor */
    Tensor bytes(String name, long... shape) {
        return take(name, ScalarType.Byte, shape);
    }

    private Tensor take(String name, ScalarType type, long... shape) {
        long[] found = file.shape(name, shape);
        if (found == null) {
            throw new UserError(file.description() + " lacks the input '" + name + "', expected " + expected(shape)
                    + "; it holds " + String.join(", ", file.names()));
        }
        boolean fits = found.length == shape.length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = shape[i] == ANY ? found[i] > 0 : found[i] == shape[i];
        }
        if (!fits) {
            throw new UserError(file.description() + ": the input '" + name + "' is " + Tensors.describe(found)
                    + ", expected " + expected(shape));
        }
        return file.read(name, found, Device.CPU, type);
    }

    private static String expected(long... shape) {
        return Arrays.stream(shape).mapToObj(size -> size == ANY ? "any" : Long.toString(size))
                .toList().toString().replace('[', '(').replace(']', ')');
    }
}
