package io.personalive.torch.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes what PyTorch saves, entry by entry and instruction by instruction, right or wrong. */
final class SavedZip {
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private int method = ZipEntry.STORED;

    /** Instructions as text, one character a byte. */
    SavedZip raw(String instructions) {
        pickle.writeBytes(instructions.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    SavedZip text(String text) {
        pickle.write('X');
        return bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length())).raw(text);
    }

    SavedZip number(int number) {
        pickle.write('J');
        return bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number));
    }

    /** A float32 tensor under its name, to stand between the MARK of a dict and its SETITEMS. */
    SavedZip tensor(String name, String key, int claimed, int offset, int[] shape, int[] strides) {
        text(name).raw("ctorch._utils\n_rebuild_tensor_v2\n((").text("storage").raw("ctorch\nFloatStorage\n").text(key)
                .text("cpu").number(claimed).raw("tQ").number(offset);
        return tuple(shape).tuple(strides).raw("\u0089NtR");
    }

    private SavedZip tuple(int... numbers) {
        raw("(");
        for (int number : numbers) {
            number(number);
        }
        return raw("t");
    }

    private SavedZip bytes(ByteBuffer bytes) {
        pickle.writeBytes(bytes.array());
        return this;
    }

    SavedZip floats(String key, float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return entry("data/" + key, bytes.array());
    }

    SavedZip entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    SavedZip compressed() {
        method = ZipEntry.DEFLATED;
        return this;
    }

    /** Entries lie wherever they fall: unlike PyTorch's, not at multiples of 64 bytes. */
    Path write(Path path) throws IOException {
        try (OutputStream out = Files.newOutputStream(path); ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(method);
            add(zip, "any name/data.pkl", pickle.toByteArray());
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                add(zip, "any name/" + each.getKey(), each.getValue());
            }
        }
        return path;
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
