package io.personalive.cli.network;

import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Runs one network, or a helper of the pipeline, on given tensors. */
interface NetworkRun {
    /** @return the outputs by name, on any device and in any number format */
    Map<String, Tensor> run(Inputs inputs, Setting setting);

    /**
     * Where and how it is run.
     *
     * @param weights   as the user named them; null where the user named none
     * @param precision that networks compute in
     */
    record Setting(String weights, Device device, Precision precision) {
        Tensor inPrecision(Tensor tensor) {
            return Tensors.to(tensor, device, precision.type());
        }

        Tensor inFloat32(Tensor tensor) {
            return Tensors.to(tensor, device, ScalarType.Float);
        }
    }
}
