package io.personalive.torch.weights;

/**
 * Where one tensor of a checkpoint lies.
 *
 * @param type     number format in the file
 * @param shape    sizes of all dimensions; empty for a single number
 * @param strides  elements from one index to the next, for each dimension
 * @param position byte of the file at which its first element begins
 */
public record TensorEntry(ElementType type, long[] shape, long[] strides, long position) {
    /** An entry whose elements lie in row-major order. */
    static TensorEntry rowMajor(ElementType type, long[] shape, long position) {
        long[] strides = new long[shape.length];
        long step = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= Math.max(shape[i], 1);
        }
        return new TensorEntry(type, shape, strides, position);
    }

    /** How many elements it has. */
    public long elements() {
        return elements(shape);
    }

    /** Bytes of the file from its first element to the end of its last. */
    public long span() {
        return Math.multiplyExact(reach(shape, strides), type.bytes());
    }

    /** @throws ArithmeticException if the product is beyond 64 bits */
    static long elements(long[] shape) {
        long product = 1;
        for (long size : shape) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    /** @return how many elements lie from the first to the end of the last, gaps included
     *  @throws ArithmeticException if that is beyond 64 bits */
    static long reach(long[] shape, long[] strides) {
        if (elements(shape) == 0) {
            return 0;
        }
        long last = 0;
        for (int i = 0; i < shape.length; i++) {
            last = Math.addExact(last, Math.multiplyExact(shape[i] - 1, strides[i]));
        }
        return Math.addExact(last, 1);
    }
}
