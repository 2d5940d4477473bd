package io.personalive.training.stages;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Upsample;
import io.personalive.training.data.Batch;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A batch's pictures at the size that a network wants. */
public final class Pictures {
    private static final double HALF_RANGE = 127.5;

    private Pictures() {}

    /** @return (b, f, 3, size, size) in [-1, 1], the portrait first, on the device */
    public static Tensor of(Batch batch, int size, Device device) {
        try (Scope scope = new Scope()) {
            return scope.keep(resized(of(batch, device).flatten(0, 1), size).unflatten(0, batch.samples(), batch.frames()));
        }
    }

    /** @return (b, f, 3, s, s) in [-1, 1], in the batch's own size, the portrait first, on the device */
    static Tensor of(Batch batch, Device device) {
        try (Scope scope = new Scope()) {
            long side = batch.side();
            Tensor bytes = Tensors.of(batch.pictures(), batch.samples(), batch.frames(), 3, side, side);
            return scope.keep(Tensors.to(bytes, device, ScalarType.Float).div(new Scalar(HALF_RANGE)).sub(new Scalar(1.0)));
        }
    }

    /** @param unit in [0, 1]. @return in [-1, 1] */
    static Tensor signed(Tensor unit) {
        try (Scope scope = new Scope()) {
            return scope.keep(unit.mul(new Scalar(2.0)).sub(new Scalar(1.0)));
        }
    }

    /** @param pictures (n, c, h, w). @return (n, c, size, size): means of what falls together, or bilinear where they grow */
    public static Tensor resized(Tensor pictures, int size) {
        if (pictures.size(2) == size && pictures.size(3) == size) {
            return pictures;
        }
        return pictures.size(2) > size ? torch.adaptive_avg_pool2d(pictures, size, size)
                : Upsample.bilinear(pictures, size, size);
    }
}
