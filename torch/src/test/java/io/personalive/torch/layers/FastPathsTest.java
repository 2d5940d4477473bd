package io.personalive.torch.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.Weights;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Inference takes short cuts that training can't take: both must give the same numbers. */
class FastPathsTest {
    @BeforeEach
    void sameNumbersEachTime() {
        torch.manual_seed(7);
    }

    @Test
    void attentionToASharedBankFrameByFrame() {
        try (Scope scope = new Scope()) {
            int frames = 2, queries = 1100, shared = 300, channels = 64;
            Tensor own = torch.randn(frames, queries, channels), keys = torch.randn(frames, queries, channels);
            Tensor values = torch.randn(frames, queries, channels);
            Tensor bankKeys = torch.randn(1, shared, channels), bankValues = torch.randn(1, shared, channels);
            for (int heads : new int[] {8, 1}) { // narrow ones, and a wide one
                assertSame(1e-5, () -> Attention.attendWithShared(own, keys, values,
                        List.of(new Attention.KeysAndValues(bankKeys, bankValues)), heads));
            }
        }
    }

    @Test
    void feedForwardInPortions() {
        try (Scope scope = new Scope();
                Weights.Loaded<GegluFeedForward> loaded = Weights.buildTrainable(new FreshTensors(1, name -> false),
                        Device.CPU, at -> new GegluFeedForward(at, 16))) {
            Tensor tokens = torch.randn(3, 1500, 16);   // not a multiple of a portion
            assertSame(1e-6, () -> loaded.network().forward(tokens));
        }
    }

    @Test
    void convolutionByWinogradsTiles() {
        try (Scope scope = new Scope(); FreshTensors fresh = new FreshTensors(1, name -> false);
                Weights.Loaded<Conv2d> loaded = Weights.build(fresh, Device.CPU, ScalarType.Float, at -> Conv2d.same(at, 512, 544))) {
            for (long[] shape : new long[][] {{1, 512, 64, 64}, {1, 512, 61, 67}, {256, 512, 4, 4}}) {
                Tensor images = Tensors.channelsLast(torch.randn(shape));
                long before = FlopCounter.total();
                assertSame(2e-5, () -> loaded.network().forward(images));
                long direct = 2 * 9 * images.numel() * 544;
                assertTrue(FlopCounter.total() - before < 1.6 * direct, "both ways counted as one and a half at most");
            }
        }
    }

    /** Only processors with matrix units show the wrong numbers; that two columns are computed shows on all. */
    @Test
    void convolutionOfEnlargedPicturesWithoutEnlargingThem() {
        try (Scope scope = new Scope(); FreshTensors fresh = new FreshTensors(1, name -> false)) {
            Tensor images = Tensors.channelsLast(torch.randn(2, 72, 60, 52));
            for (Function<Weights, Conv2d> layer : List.<Function<Weights, Conv2d>>of(
                    at -> Conv2d.same(at, 72, 40), at -> Conv2d.withoutBias(at, 72, 40, 3, 1, 1))) {
                try (Weights.Loaded<Conv2d> loaded = Weights.build(fresh, Device.CPU, ScalarType.Float, layer)) {
                    long before = FlopCounter.total();
                    assertSame(2e-6, () -> loaded.network().forwardEnlarged(images));
                    long plain = 2 * 9 * 4 * images.numel() * 40;
                    assertTrue(FlopCounter.total() - before < 1.5 * plain, "both ways counted as one and a half at most");
                }
            }
        }
    }

    @Test
    void bfloat16ConvolutionToASingleColumn() {
        try (Scope scope = new Scope(); FreshTensors fresh = new FreshTensors(1, name -> false)) {
            Tensor images = Tensors.channelsLast(torch.randn(8, 320, 4, 2));
            try (Weights.Loaded<Conv2d> exact = Weights.build(fresh, Device.CPU, ScalarType.Float, this::halving);
                    Weights.Loaded<Conv2d> rounded = Weights.build(fresh, Device.CPU, ScalarType.BFloat16, this::halving)) {
                Tensor expected = exact.network().forward(images);
                long before = FlopCounter.total();
                Tensor found = rounded.network().forward(images.to(ScalarType.BFloat16));
                assertEquals(2 * 2 * expected.numel() * 320 * 9, FlopCounter.total() - before, "two columns");
                assertTrue(Comparison.relativeError(found, expected) < 0.01, "error " + Comparison.relativeError(found, expected));
            }
        }
    }

    private Conv2d halving(Weights at) {
        return Conv2d.of(at, 320, 320, 3, 2, 1);
    }

    private static void assertSame(double tolerance, Supplier<Tensor> computation) {
        Tensor trained = computation.get();
        Tensor inferred = Scope.inference(computation);
        assertTrue(Comparison.relativeError(inferred, trained) < tolerance, "error " + Comparison.relativeError(inferred, trained));
    }
}
