package io.personalive.training.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the smallest of ONNX files. */
public final class OnnxFile {
    private static final int IR_VERSION = 8, OPERATORS = 13, FLOAT = 1;

    private OnnxFile() {}

    /**
     * A network of a single convolution as large as the picture.
     *
     * @param weights (out, 3, side, side)
     * @return its file; from pictures (1, 3, side, side) to (1, out)
     */
    public static byte[] ofOneConvolution(float[] weights, int out, int side) {
        ByteBuffer raw = ByteBuffer.allocate(4 * weights.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(weights);
        ProtocolMessage kernel = new ProtocolMessage();
        for (int dimension : new int[] {out, 3, side, side}) {
            kernel.whole(1, dimension);
        }
        kernel.whole(2, FLOAT).bytes(8, text("kernel")).bytes(9, raw.array());
        ProtocolMessage graph = new ProtocolMessage().bytes(1, node("Conv", "hidden", "picture", "kernel"))
                .bytes(1, node("Flatten", "embedding", "hidden")).bytes(2, text("graph")).bytes(5, kernel.toBytes())
                .bytes(11, value("picture", 1, 3, side, side)).bytes(12, value("embedding", 1, out));
        return new ProtocolMessage().whole(1, IR_VERSION).bytes(7, graph.toBytes())
                .bytes(8, new ProtocolMessage().bytes(1, text("")).whole(2, OPERATORS).toBytes()).toBytes();
    }

    private static byte[] node(String operator, String output, String... inputs) {
        ProtocolMessage node = new ProtocolMessage();
        for (String input : inputs) {
            node.bytes(1, text(input));
        }
        return node.bytes(2, text(output)).bytes(3, text(operator)).bytes(4, text(operator)).toBytes();
    }

    private static byte[] value(String name, int... shape) {
        ProtocolMessage dimensions = new ProtocolMessage();
        for (int size : shape) {
            dimensions.bytes(1, new ProtocolMessage().whole(1, size).toBytes());
        }
        byte[] tensor = new ProtocolMessage().whole(1, FLOAT).bytes(2, dimensions.toBytes()).toBytes();
        return new ProtocolMessage().bytes(1, text(name)).bytes(2, new ProtocolMessage().bytes(1, tensor).toBytes()).toBytes();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
