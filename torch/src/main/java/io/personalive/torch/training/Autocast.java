package io.personalive.torch.training;

import io.personalive.torch.Cpu;
import io.personalive.torch.Device;
import io.personalive.torch.NativeRuntime;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A block in which this thread's matrix products and convolutions run in bfloat16, and what needs the range of float32
 * does not; parameters stay float32. Micikevicius et al. 2018. The casts of parameters that it holds go when it closes,
 * so a block is one forward pass; backward passes run outside.
 */
public final class Autocast implements AutoCloseable {
    private final DeviceType kind;
    private final boolean before;
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
        torch.increment_nesting();
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
        if (torch.decrement_nesting() == 0) {
            torch.clear_cache();
        }
        torch.set_autocast_enabled(kind, before);
        torch.set_autocast_dtype(kind, typeBefore);
    }
}
