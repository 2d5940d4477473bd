package io.personalive.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.RandomTensors;
import java.util.concurrent.FutureTask;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class LinearSystemTest {
    private static final int UNKNOWNS = 400;

    /** The stack is smaller than what a factorisation with several threads takes of it: the process would end. */
    @Test
    void aLargeSystemNeedsLittleStack() throws Exception {
        FutureTask<Double> error = new FutureTask<>(LinearSystemTest::error);
        new Thread(null, error, "little stack", 512 << 10).start();
        assertEquals(0, error.get(), 1e-3);
    }

    private static double error() {
        try (Scope scope = new Scope()) {
            Tensor matrix = RandomTensors.of(1, UNKNOWNS, UNKNOWNS)
                    .add(torch.eye(UNKNOWNS, new TensorOptions(torch.ScalarType.Float)).mul(new Scalar(UNKNOWNS)));
            Tensor wanted = RandomTensors.of(2, UNKNOWNS, 2);
            return Comparison.relativeError(LinearSystem.solve(matrix, matrix.matmul(wanted)), wanted);
        }
    }
}
