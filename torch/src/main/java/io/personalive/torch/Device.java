package io.personalive.torch;

import org.bytedeco.pytorch.global.torch;

/**
 * Where tensors live and are computed.
 *
 * @param cuda  true for an NVIDIA card, false for the processor
 * @param index which card, from 0; 0 for the processor
 */
public record Device(boolean cuda, int index) {
    public static final Device CPU = new Device(false, 0);

    /**
     * @param text {@code auto} (the first card, else the processor), {@code cpu}, {@code cuda} or {@code cuda:1}
     * @throws IllegalArgumentException if the text names no device or the device is not there
     */
    public static Device parse(String text) {
        NativeRuntime.start();
        if (text.equals("auto")) {
            return cards() > 0 ? new Device(true, 0) : CPU;
        }
        if (text.equals("cpu")) {
            return CPU;
        }
        if (!text.matches("cuda(:\\d{1,2})?")) {
            throw new IllegalArgumentException("device '" + text + "' is unknown: use auto, cpu, cuda or cuda:0, cuda:1, …");
        }
        int index = text.equals("cuda") ? 0 : Integer.parseInt(text.substring(5));
        if (index >= cards()) {
            throw new IllegalArgumentException("device '" + text + "' is not there: this build sees " + cards()
                    + " CUDA cards. Build with -Pcuda on a machine with an NVIDIA card, or use --device cpu");
        }
        return new Device(true, index);
    }

    private static int cards() {
        return torch.cuda_is_available() ? torch.cuda_device_count() : 0;
    }

    /** Waits until the device has done all that it was given: a card computes while the program goes on. */
    public void synchronize() {
        if (cuda) {
            try (Scope scope = new Scope()) {
                // reading a number back waits for everything before it
                Tensors.to(Tensors.zeros(torch.ScalarType.Float, 1), this, torch.ScalarType.Float).item_float();
            }
        }
    }

    /** libtorch's name for it; the caller's scope frees it. */
    public org.bytedeco.pytorch.Device toNative() {
        return cuda ? new org.bytedeco.pytorch.Device(torch.DeviceType.CUDA, (byte) index)
                : new org.bytedeco.pytorch.Device(torch.DeviceType.CPU);
    }

    @Override
    public String toString() {
        return cuda ? "cuda:" + index : "cpu";
    }
}
