package io.personalive.torch;

import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The number format that networks compute in. */
public enum Precision {
    FLOAT32(ScalarType.Float),
    BFLOAT16(ScalarType.BFloat16),
    FLOAT16(ScalarType.Half);

    private final ScalarType type;

    Precision(ScalarType type) {
        this.type = type;
    }

    /**
     * @param text   {@code auto}, {@code float32}, {@code bfloat16} or {@code float16}; auto is float16 on a card (as
     *               the authors run it), bfloat16 on a processor that multiplies it in hardware, otherwise float32
     * @param device where it will be computed
     * @throws IllegalArgumentException if the text names no precision
     */
    public static Precision parse(String text, Device device) {
        switch (text) {
            case "auto":
                if (device.cuda()) {
                    return FLOAT16;
                }
                return Cpu.multipliesBfloat16() ? BFLOAT16 : FLOAT32;
            case "float32":
                return FLOAT32;
            case "bfloat16":
                return BFLOAT16;
            case "float16":
                return FLOAT16;
            default:
                throw new IllegalArgumentException(
                        "precision '" + text + "' is unknown: use auto, float32, bfloat16 or float16");
        }
    }

    /** libtorch's name for it. */
    public ScalarType type() {
        return type;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
