package io.personalive.torch.layers;

import io.personalive.torch.BlasThreads;
import io.personalive.torch.Pass;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A linear layer as a product for each thread, beside each other, of as many rows each. Each keeps its part of the rows
 * and its copy of the weights near its core; one product that threads share waits for the slowest at each of its tiles.
 */
final class RowProducts {
    /** With fewer, reading the weights takes each thread longer than multiplying by them. */
    private static final long FEWEST_ROWS_EACH = 64;

    private RowProducts() {}

    /**
     * @param x          (…, in)
     * @param operations that the product takes
     * @return whether it is faster than one product
     */
    static boolean pay(Tensor x, long operations) {
        return Pass.inference() && !x.is_cuda() && x.scalar_type().intern() == ScalarType.Float
                && BlasThreads.worthSharing(operations)
                && x.numel() / x.size(-1) >= FEWEST_ROWS_EACH * torch.get_num_threads();
    }

    /**
     * No gradients.
     *
     * @param x      (…, in), float32 on the processor
     * @param weight (out, in)
     * @param bias   (out), or null
     * @return (…, out)
     */
    static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        try (Scope scope = new Scope()) {
            long[] shape = Tensors.shape(x);
            shape[shape.length - 1] = weight.size(0);
            Tensor out = Tensors.empty(ScalarType.Float, shape);
            long threads = torch.get_num_threads(), rows = x.numel() / x.size(-1), left = rows % threads;
            Tensor from = x.reshape(rows, x.size(-1)), to = out.view(rows, weight.size(0));
            products(from.narrow(0, 0, rows - left), weight, bias, to.narrow(0, 0, rows - left), threads);
            if (left > 0) {
                products(from.narrow(0, rows - left, left), weight, bias, to.narrow(0, rows - left, left), 1);
            }
            return scope.keep(out);
        }
    }

    private static void products(Tensor from, Tensor weight, Tensor bias, Tensor to, long count) {
        Tensor rows = from.unflatten(0, count, from.size(0) / count), result = to.unflatten(0, count, to.size(0) / count);
        Tensor columns = weight.t().unsqueeze(0).expand(count, -1, -1);
        if (bias == null) {
            torch.bmm_out(result, rows, columns);
        } else {
            torch.baddbmm_out(result, bias, rows, columns);
        }
    }
}
