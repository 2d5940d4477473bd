package io.personalive.torch.weights;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An open file of weights: {@code .safetensors}, or the zip that PyTorch saves ({@code .pth}, {@code .pt}, {@code
 * .bin}). Which of them it is shows in its content; the file's name doesn't matter. Nothing in a file is ever run.
 *
 * <p>Names are those that the network itself gives its tensors: what training programs put before all of them ({@code
 * module.}, {@code _orig_mod.} and the like) is left out.
 *
 * <p>Tensors are read through memory maps, each for itself. One that is asked for as it is stored stays on its map,
 * which goes when the tensor does; one that is converted or moved leaves nothing mapped.
 */
public final class Checkpoint implements TensorSource {
    private static final int ZIP = 0x04034b50;
    private static final byte[] BEFORE_ZIP = {(byte) 0x80, 2, (byte) 0x8a, 0x0a};
    private static final byte[] LARGE_FILE_POINTER = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

    /** What a file's table of contents says, checked against the file. */
    record Contents(Map<String, TensorEntry> tensors, Map<String, String> metadata) {
        Contents {
            tensors = SavedByTraining.withoutPrefixes(tensors);
        }
    }

    private final CheckpointFile file;
    private final Contents contents;

    private Checkpoint(CheckpointFile file, Contents contents) {
        this.file = file;
        this.contents = contents;
    }

    /**
     * Opens a file and checks its table of contents; no tensor is read yet.
     *
     * @throws CheckpointException if it is missing, damaged, of another format, or holds what weights never need
     */
    public static Checkpoint open(Path path) {
        CheckpointFile file = CheckpointFile.open(path);
        try {
            return new Checkpoint(file, contents(file));
        } catch (RuntimeException | Error refused) {
            file.close();
            throw refused;
        }
    }

    private static Contents contents(CheckpointFile file) {
        if (file.size() == 0) {
            throw file.refuse("is empty. " + CheckpointFile.DOWNLOAD_AGAIN);
        }
        ByteBuffer start = file.read(0, (int) Math.min(file.size(), 64));
        if (begins(start, BEFORE_ZIP)) {
            throw file.refuse("is in PyTorch's format from before version 1.6, which isn't read. Convert it with a recent"
                    + " PyTorch: torch.save(torch.load('" + file.path().getFileName() + "', map_location='cpu'), 'converted.pth')");
        }
        if (begins(start, LARGE_FILE_POINTER)) {
            throw file.refuse("is git-lfs's note of a file, not the file. Fetch it with: git lfs pull");
        }
        if (start.remaining() >= 4 && start.getInt(0) == ZIP) {
            return StateDict.read(file);
        }
        if (start.remaining() <= Long.BYTES || start.get(Long.BYTES) != '{') {
            throw file.refuse("is neither a .safetensors file nor a zip saved by PyTorch. Check that this is the file you mean");
        }
        return SafetensorsHeader.read(file);
    }

    private static boolean begins(ByteBuffer bytes, byte[] with) {
        return bytes.remaining() >= with.length && bytes.slice(0, with.length).equals(ByteBuffer.wrap(with));
    }

    /** All tensors in the file's order. */
    public Map<String, TensorEntry> tensors() {
        return Collections.unmodifiableMap(contents.tensors());
    }

    /** What a .safetensors file says about itself; empty for PyTorch's format. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(contents.metadata());
    }

    @Override
    public String description() {
        return file.path().toString();
    }

    @Override
    public Set<String> names() {
        return tensors().keySet();
    }

    @Override
    public long[] shape(String name, long[] expected) {
        TensorEntry entry = contents.tensors().get(name);
        return entry == null ? null : entry.shape().clone();
    }

    @Override
    public ScalarType type(String name) {
        return entry(name).type().scalar();
    }

    /** Reads a tensor as it is stored, on the processor. */
    public Tensor read(String name) {
        TensorEntry entry = entry(name);
        return read(name, entry.shape(), Device.CPU, entry.type().scalar());
    }

    @Override
    public Tensor read(String name, long[] shape, Device device, ScalarType type) {
        TensorEntry entry = entry(name);
        if (!Arrays.equals(shape, entry.shape())) {
            throw file.refuse("tensor " + name + " is " + Tensors.describe(entry.shape()) + ", expected "
                    + Tensors.describe(shape) + ". Use the file that belongs to this network");
        }
        try (Scope scope = new Scope()) {
            return scope.keep(Tensors.to(MappedTensor.open(file, entry), device, type).contiguous());
        } catch (IOException unreadable) {
            throw file.unreadable(unreadable);
        }
    }

    private TensorEntry entry(String name) {
        TensorEntry entry = contents.tensors().get(name);
        if (entry == null) {
            throw file.refuse("holds no tensor " + name + ". Use the file that belongs to this network");
        }
        return entry;
    }

    /** Closes the file. Tensors that were read stay usable. */
    @Override
    public void close() {
        file.close();
    }
}
