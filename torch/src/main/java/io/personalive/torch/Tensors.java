package io.personalive.torch;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Making tensors from Java arrays and back, joining them, and moving them between devices and number formats. */
public final class Tensors {
    static {
        NativeRuntime.start();
    }

    private Tensors() {}

    /** @return a copy of {@code values} as a float32 tensor on the processor */
    public static Tensor of(float[] values, long... shape) {
        Tensor tensor = empty(ScalarType.Float, shape);
        new FloatPointer(tensor.data_ptr()).put(values, 0, values.length);
        return tensor;
    }

    /** @return a copy of {@code values} as an int64 tensor on the processor */
    public static Tensor of(long[] values, long... shape) {
        Tensor tensor = empty(ScalarType.Long, shape);
        new LongPointer(tensor.data_ptr()).put(values, 0, values.length);
        return tensor;
    }

    /** @return a copy of {@code values} as a uint8 tensor on the processor */
    public static Tensor of(byte[] values, long... shape) {
        Tensor tensor = empty(ScalarType.Byte, shape);
        new BytePointer(tensor.data_ptr()).put(values, 0, values.length);
        return tensor;
    }

    /** @return an uninitialised tensor on the processor */
    public static Tensor empty(ScalarType type, long... shape) {
        return torch.empty(shape, new TensorOptions(type), new MemoryFormatOptional());
    }

    /** @return zeros on the processor */
    public static Tensor zeros(ScalarType type, long... shape) {
        return torch.zeros(shape, new TensorOptions(type));
    }

    /** @return the elements in row-major order, as float32 */
    public static float[] floats(Tensor tensor) {
        try (Scope scope = new Scope()) {
            Tensor plain = tensor.detach().to(Device.CPU.toNative(), ScalarType.Float).contiguous();
            float[] values = new float[Math.toIntExact(plain.numel())];
            if (values.length > 0) { // an empty tensor has no memory to read
                new FloatPointer(plain.data_ptr()).get(values);
            }
            return values;
        }
    }

    /** @return the elements in row-major order, as int64 */
    public static long[] longs(Tensor tensor) {
        try (Scope scope = new Scope()) {
            Tensor plain = tensor.detach().to(Device.CPU.toNative(), ScalarType.Long).contiguous();
            long[] values = new long[Math.toIntExact(plain.numel())];
            if (values.length > 0) { // an empty tensor has no memory to read
                new LongPointer(plain.data_ptr()).get(values);
            }
            return values;
        }
    }

    /** @return the elements of a uint8 tensor in row-major order */
    public static byte[] bytes(Tensor tensor) {
        try (Scope scope = new Scope()) {
            Tensor plain = tensor.detach().to(Device.CPU.toNative(), ScalarType.Byte).contiguous();
            byte[] values = new byte[Math.toIntExact(plain.numel())];
            if (values.length > 0) { // an empty tensor has no memory to read
                new BytePointer(plain.data_ptr()).get(values);
            }
            return values;
        }
    }

    /** @return the sizes of all dimensions */
    public static long[] shape(Tensor tensor) {
        long[] shape = new long[(int) tensor.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.size(i);
        }
        return shape;
    }

    /** @return the sizes of all dimensions but the first */
    public static long[] tail(Tensor tensor) {
        return Arrays.copyOfRange(shape(tensor), 1, (int) tensor.dim());
    }

    /** @return the shape as a reader writes it: {@code (1, 4, 64, 64)} */
    public static String describe(long... shape) {
        String text = Arrays.toString(shape);
        return "(" + text.substring(1, text.length() - 1) + ")";
    }

    /** Joins tensors along a dimension. */
    public static Tensor cat(long dimension, Tensor... parts) {
        try (Scope scope = new Scope()) {
            return scope.keep(torch.cat(new TensorVector(parts), dimension));
        }
    }

    /** Joins tensors along a dimension. */
    public static Tensor cat(long dimension, List<Tensor> parts) {
        return cat(dimension, parts.toArray(new Tensor[0]));
    }

    /** @return the tensor on a device in a number format; itself if it is so already */
    public static Tensor to(Tensor tensor, Device device, ScalarType type) {
        try (Scope scope = new Scope()) {
            return scope.keep(tensor.to(device.toNative(), type));
        }
    }

    /** @return the tensor in a number format; itself if it is so already */
    public static Tensor to(Tensor tensor, ScalarType type) {
        return tensor.scalar_type().intern() == type.intern() ? tensor : tensor.to(type);
    }

    /** @return a (b, c, h, w) tensor stored pixel by pixel, channels innermost: what the fast convolutions want */
    public static Tensor channelsLast(Tensor images) {
        return images.contiguous(MemoryFormat.ChannelsLast);
    }
}
