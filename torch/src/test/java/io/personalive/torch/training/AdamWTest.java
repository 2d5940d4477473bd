package io.personalive.torch.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamWTest {
    private static final double RATE = 0.01;

    @ParameterizedTest(name = "fused: {0}")
    @ValueSource(booleans = {true, false})
    void stepsFollowTheFormula(boolean fused) {
        try (Scope scope = new Scope()) {
            Parameters parameters = parameters();
            AdamW.Options options = AdamW.Options.usual(0.1).weightsAlone(parameters);
            try (AdamW optimiser = new AdamW(parameters, options, fused)) {
                Map<String, AdamWFormula> expected = new LinkedHashMap<>();
                parameters.named().forEach((name, tensor) -> expected.put(name,
                        new AdamWFormula(Tensors.floats(tensor), options, name.endsWith("bias") ? 0 : 0.1)));
                for (int step = 0; step < 3; step++) {
                    learn(parameters);
                    optimiser.step(RATE);
                    parameters.named().forEach((name, tensor) -> assertArrayEquals(
                            expected.get(name).step(Tensors.floats(tensor.grad()), RATE), Tensors.floats(tensor), 1e-6f));
                }
            }
        }
    }

    @Test
    void aRestoredOptimiserGoesOnExactly() {
        try (Scope scope = new Scope()) {
            Parameters whole = parameters(), resumed = parameters();
            AdamW.Options options = AdamW.Options.usual(0.1);
            try (AdamW first = new AdamW(whole, options); AdamW before = new AdamW(resumed, options);
                    AdamW after = new AdamW(resumed, options)) {
                step(whole, first);
                step(resumed, before);
                after.restore(before.state());
                step(whole, first);
                step(resumed, after);
                whole.named().forEach((name, tensor) ->
                        assertTrue(tensor.equal(resumed.named().get(name)), name));
            }
        }
    }

    @Test
    void aStateOfOtherParametersIsRefusedByName() {
        try (Scope scope = new Scope(); AdamW optimiser = new AdamW(parameters(), AdamW.Options.usual(0))) {
            String message = assertThrows(IllegalArgumentException.class, () -> optimiser.restore(Map.of())).getMessage();
            assertTrue(message.contains("weight.mean"), message);
        }
    }

    @Test
    void gradientsAreClippedTogetherAndCleared() {
        try (Scope scope = new Scope()) {
            Parameters parameters = parameters();
            try (Gradients gradients = new Gradients(parameters)) {
                learn(parameters);
                double norm = gradients.norm();
                double byHand = Math.sqrt(parameters.named().values().stream()
                        .mapToDouble(each -> Math.pow(each.grad().norm().item_double(), 2)).sum());
                assertEquals(byHand, norm, 1e-5);
                assertEquals(norm, gradients.clip(norm / 2), 1e-6);
                assertEquals(norm / 2, gradients.norm(), 1e-5);
                gradients.clear();
                assertEquals(0, parameters.named().get("weight").grad().norm().item_double());
            }
        }
    }

    @Test
    void averagesFollowAndStandInForTheParameters() {
        try (Scope scope = new Scope()) {
            Parameters parameters = parameters();
            float[] begin = Tensors.floats(parameters.named().get("weight"));
            try (AveragedParameters averages = new AveragedParameters(parameters);
                    AdamW optimiser = new AdamW(parameters, AdamW.Options.usual(0))) {
                step(parameters, optimiser);
                averages.update(0.75);
                float[] now = Tensors.floats(parameters.named().get("weight"));
                try (AveragedParameters.Exchange exchange = averages.exchange()) {
                    float[] average = Tensors.floats(parameters.named().get("weight"));
                    for (int i = 0; i < now.length; i++) {
                        assertEquals(0.75 * begin[i] + 0.25 * now[i], average[i], 1e-6);
                    }
                }
                assertArrayEquals(now, Tensors.floats(parameters.named().get("weight")));
            }
        }
    }

    @Test
    void onlyWhatIsChosenIsTrained() {
        try (Scope scope = new Scope()) {
            Parameters all = parameters();
            assertEquals(Set.of("weight"), all.train(NamePattern.of("*, !*bias")).named().keySet());
            learn(all);
            assertTrue(!all.named().get("bias").grad().defined());
            assertThrows(IllegalArgumentException.class, () -> all.train(NamePattern.of("nothing.*")));
        }
    }

    @Test
    void twoThousandStepsHoldTheMemoryOfTwoHundred() {
        try (Scope scope = new Scope()) {
            Parameters parameters = parameters();
            try (Gradients gradients = new Gradients(parameters);
                    AveragedParameters averages = new AveragedParameters(parameters);
                    AdamW optimiser = new AdamW(parameters, AdamW.Options.usual(0.1))) {
                long early = 0;
                for (int step = 0; step < 2000; step++) {
                    gradients.clear();
                    learn(parameters);
                    gradients.clip(1);
                    optimiser.step(1e-4);
                    averages.update(0.99);
                    if (step == 199) {
                        System.gc();
                        early = Pointer.totalCount();
                    }
                }
                System.gc();
                // a handful of the collector's own may still wait; one pointer a step would be 1,800
                assertTrue(Pointer.totalCount() - early < 100, "pointers: " + early + " -> " + Pointer.totalCount());
            }
        }
    }

    private static void step(Parameters parameters, AdamW optimiser) {
        learn(parameters);
        optimiser.step(RATE);
    }

    /** A loss whose gradient differs from place to place and from step to step. */
    private static void learn(Parameters parameters) {
        try (Scope scope = new Scope()) {
            Tensor weight = parameters.named().get("weight"), bias = parameters.named().get("bias");
            weight.mul(weight).mul(weight).sum().add(weight.sum().mul(bias.sum())).backward();
        }
    }

    private static Parameters parameters() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        named.put("weight", Tensors.of(new float[] {0.5f, -0.25f, 2, -1, 0.125f, 3}, 3, 2));
        named.put("bias", Tensors.of(new float[] {0.75f, -0.5f}, 2));
        named.values().forEach(tensor -> tensor.set_requires_grad(true));
        return Parameters.of(named);
    }
}
