package io.personalive.torch.weights;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** A number format that tensors are stored in, with its names in both kinds of file. */
public enum ElementType {
    U8("U8", "ByteStorage", ScalarType.Byte, 1),
    I8("I8", null, ScalarType.Char, 1),
    I16("I16", null, ScalarType.Short, 2),
    I32("I32", "IntStorage", ScalarType.Int, 4),
    I64("I64", "LongStorage", ScalarType.Long, 8),
    BOOL("BOOL", "BoolStorage", ScalarType.Bool, 1),
    F16("F16", "HalfStorage", ScalarType.Half, 2),
    BF16("BF16", "BFloat16Storage", ScalarType.BFloat16, 2),
    F32("F32", "FloatStorage", ScalarType.Float, 4),
    F64("F64", "DoubleStorage", ScalarType.Double, 8);

    /** The class of PyTorch that stores it in a state dict; null where state dicts have none. */
    private final String storage;
    private final String safetensors;
    private final ScalarType scalar;
    private final int bytes;

    ElementType(String safetensors, String storage, ScalarType scalar, int bytes) {
        this.safetensors = safetensors;
        this.storage = storage;
        this.scalar = scalar;
        this.bytes = bytes;
    }

    /** libtorch's name for it. */
    public ScalarType scalar() {
        return scalar;
    }

    /** Size of one element. */
    public int bytes() {
        return bytes;
    }

    /** @return the type that safetensors calls so, or null */
    static ElementType ofSafetensors(String name) {
        for (ElementType type : values()) {
            if (type.safetensors.equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** @return the type that PyTorch stores in a class of this name, or null */
    static ElementType ofStorage(String name) {
        for (ElementType type : values()) {
            if (name.equals(type.storage)) {
                return type;
            }
        }
        return null;
    }

    /** @throws IllegalArgumentException if files can't hold tensors of this kind */
    static ElementType of(ScalarType scalar) {
        for (ElementType type : values()) {
            if (type.scalar == scalar.intern()) { // the library makes a new object at every call
                return type;
            }
        }
        throw new IllegalArgumentException("tensors of " + scalar.intern() + " can't be written to a file");
    }
}
