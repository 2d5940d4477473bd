package io.personalive.torch.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;

/** Writes tensors to a .safetensors file, one after the other. The file appears when it is complete. */
public final class SafetensorsWriter {
    private static final long LARGEST_WRITE = 1 << 30;

    private SafetensorsWriter() {}

    /** Writes tensors without metadata. */
    public static void write(Path target, Map<String, Tensor> tensors) throws IOException {
        write(target, tensors, Map.of());
    }

    /**
     * @param tensors  of any shape and number format, on any device, written as they are; a file of this name is replaced
     * @param metadata texts that the file says about itself
     * @throws IOException              if the file can't be written; nothing is left behind then
     * @throws IllegalArgumentException if a tensor's number format has no place in such a file
     */
    public static void write(Path target, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        // widest elements first: every tensor then begins at a multiple of its element's size
        List<Map.Entry<String, Tensor>> inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.comparingInt(each -> -ElementType.of(each.getValue().scalar_type()).bytes()));
        Path partial = target.resolveSibling("." + UUID.randomUUID() + ".partial");
        try {
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writeFully(channel, header(inOrder, metadata));
                for (Map.Entry<String, Tensor> each : inOrder) {
                    write(channel, each.getValue());
                }
                channel.force(true);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static ByteBuffer header(List<Map.Entry<String, Tensor>> tensors, Map<String, String> metadata)
            throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode header = json.createObjectNode();
        if (!metadata.isEmpty()) {
            header.set(SafetensorsHeader.METADATA, json.valueToTree(metadata));
        }
        long position = 0;
        for (Map.Entry<String, Tensor> each : tensors) {
            ElementType type = ElementType.of(each.getValue().scalar_type());
            ObjectNode entry = header.putObject(each.getKey());
            entry.put("dtype", type.name());
            entry.set("shape", json.valueToTree(Tensors.shape(each.getValue())));
            long end = position + each.getValue().numel() * type.bytes();
            entry.putArray("data_offsets").add(position).add(end);
            position = end;
        }
        byte[] text = json.writeValueAsBytes(header);
        int padded = (text.length + 7) / 8 * 8;
        byte[] padding = new byte[padded - text.length];
        Arrays.fill(padding, (byte) ' ');
        return ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded).put(text).put(padding).flip();
    }

    private static void write(FileChannel channel, Tensor tensor) throws IOException {
        try (Scope scope = new Scope()) {
            Tensor plain = Tensors.to(tensor.detach(), Device.CPU, tensor.scalar_type()).contiguous();
            BytePointer start = new BytePointer(plain.data_ptr());
            long length = plain.numel() * ElementType.of(plain.scalar_type()).bytes();
            for (long done = 0; done < length; done += LARGEST_WRITE) {
                BytePointer part = start.getPointer(done);
                writeFully(channel, part.capacity(Math.min(LARGEST_WRITE, length - done)).asByteBuffer());
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
