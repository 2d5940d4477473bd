package io.personalive.torch.training;

import io.personalive.torch.Cpu;
import io.personalive.torch.Device;
import io.personalive.torch.NativeRuntime;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A block in which this thread's matrix products and convolutions run in bfloat16, and what needs the range of float32
 * does not; parameters stay float32. Micikevicius et al. 2018. Backward passes run outside. libtorch's cache of parameters'
 * casts is off: one that was made while no gradients are recorded would later keep them from the parameter.
 */
public final class Autocast implements AutoCloseable {
    private final DeviceType kind;
    private final boolean before, cachedBefore;
    private final ScalarType typeBefore;

    /** On where the device multiplies bfloat16 in hardware; elsewhere a block without effect. */
    public static Autocast of(Device device) {
        NativeRuntime.start();
        return new Autocast(device, device.cuda() || Cpu.multipliesBfloat16());
    }

    Autocast(Device device, boolean on) {
        kind = kind(device);
        before = torch.is_autocast_enabled(kind);
        typeBefore = torch.get_autocast_dtype(kind).intern();
        torch.set_autocast_enabled(kind, on);
        torch.set_autocast_dtype(kind, ScalarType.BFloat16);
        cachedBefore = torch.is_autocast_cache_enabled();
        torch.set_autocast_cache_enabled(false);
    }

    /** Whether this thread computes in bfloat16 on such a device now. */
    public static boolean isOn(Device device) {
        NativeRuntime.start();
        return torch.is_autocast_enabled(kind(device));
    }

    private static DeviceType kind(Device device) {
        return device.cuda() ? DeviceType.CUDA : DeviceType.CPU;
    }

    @Override
    public void close() {
        torch.set_autocast_cache_enabled(cachedBefore);
        torch.set_autocast_enabled(kind, before);
        torch.set_autocast_dtype(kind, typeBefore);
    }
}
