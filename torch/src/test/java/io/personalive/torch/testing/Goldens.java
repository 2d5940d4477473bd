package io.personalive.torch.testing;

import io.personalive.torch.Device;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.TensorSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Assumptions;

/** Inputs and outputs of the authors' networks, from the module's test resources or the folder beside the project. */
public final class Goldens {
    private static final Path RESOURCES = Path.of("src/test/resources/goldens");
    private static final List<Path> FOLDERS = List.of(RESOURCES, Path.of("../../shared/goldens"));

    private Goldens() {}

    /**
     * One tensor of a golden file; the test is skipped where the file is absent.
     *
     * @param file {@code mini/face-boxes.input}
     */
    public static Tensor read(String file, String tensor, ScalarType type) {
        try (TensorSource source = Checkpoint.open(find(file + ".safetensors"))) {
            return source.read(tensor, source.shape(tensor, null), Device.CPU, type).clone();
        }
    }

    /** One float32 tensor of a golden file; the test is skipped where the file is absent. */
    public static Tensor read(String file, String tensor) {
        return read(file, tensor, ScalarType.Float);
    }

    /** A file or folder among the goldens; the test is skipped where it is absent. */
    public static Path find(String name) {
        Path packed = RESOURCES.resolve(name + ".gz");
        if (Files.exists(packed)) {
            return unpack(packed, Path.of("target/goldens").resolve(name));
        }
        for (Path folder : FOLDERS) {
            if (Files.exists(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        Assumptions.abort("skipped: there is no golden " + name + " in " + FOLDERS);
        throw new AssertionError("abort() has thrown");
    }

    /** Pictures that are mostly black are stored compressed. */
    private static Path unpack(Path packed, Path target) {
        try (InputStream bytes = new GZIPInputStream(Files.newInputStream(packed))) {
            Files.createDirectories(target.getParent());
            Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
            return target;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
