package io.personalive.torch.training;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The state of libtorch's own random numbers, of the processor and of the card that a training runs on. */
public final class RandomState {
    private static final String CPU = "random.cpu", CUDA = "random.cuda";

    private RandomState() {}

    /** Begins all of libtorch's random numbers anew. */
    public static void seed(long seed) {
        try (Scope scope = new Scope()) {
            torch.manual_seed(seed);
        }
    }

    /** @return named tensors of bytes, on the processor, in the caller's scope */
    public static Map<String, Tensor> save(Device device) {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = new LinkedHashMap<>();
            state.put(CPU, scope.keep(generator(Device.CPU).get_state()));
            if (device.cuda()) {
                state.put(CUDA, scope.keep(generator(device).get_state()));
            }
            return state;
        }
    }

    /** @throws IllegalArgumentException if the state is not one that {@link #save} gave for such a device */
    public static void restore(Device device, Map<String, Tensor> state) {
        try (Scope scope = new Scope()) {
            generator(Device.CPU).set_state(StoredState.find(state, CPU));
            if (device.cuda()) {
                generator(device).set_state(StoredState.find(state, CUDA));
            }
        }
    }

    private static Generator generator(Device device) {
        return torch.globalContext().defaultGenerator(device.toNative());
    }
}
