package io.personalive.animation.model;

import io.personalive.torch.Device;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.TensorSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A model that is part of the program. @param name of its folder among the program's resources */
record EmbeddedModel(String name) implements MovedPortraitSource.Place {
    @Override
    public String description() {
        return name;
    }

    @Override
    public boolean has(String file) {
        return resource(file) != null;
    }

    /** The content of one of its files. */
    InputStream stream(String file) throws IOException {
        return resource(file).openStream();
    }

    private URL resource(String file) {
        return EmbeddedModel.class.getResource(name + "/" + file);
    }

    /** Weights are read from a file: one of the archive is unpacked for as long as that takes. */
    @Override
    public TensorSource open(String file) {
        try {
            Path unpacked = Files.createTempFile("personalive-" + name + "-", ".safetensors");
            try (InputStream packed = stream(file)) {
                Files.copy(packed, unpacked, StandardCopyOption.REPLACE_EXISTING);
                return new Unpacked(Checkpoint.open(unpacked), unpacked, name + "/" + file);
            } catch (IOException | RuntimeException failed) {
                Files.deleteIfExists(unpacked);
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the model " + name + ", part of the program, can't be unpacked into the folder for "
                    + "temporary files (" + failed.getMessage() + "): make room there, or name another with "
                    + "PERSONALIVE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER", failed);
        }
    }

    /** Deletes the file with the end of its use. */
    private record Unpacked(Checkpoint checkpoint, Path file, String description) implements TensorSource {
        @Override
        public Set<String> names() {
            return checkpoint.names();
        }

        @Override
        public long[] shape(String tensor, long[] expected) {
            return checkpoint.shape(tensor, expected);
        }

        @Override
        public ScalarType type(String tensor) {
            return checkpoint.type(tensor);
        }

        @Override
        public Tensor read(String tensor, long[] shape, Device device, ScalarType type) {
            return checkpoint.read(tensor, shape, device, type);
        }

        @Override
        public void close() {
            checkpoint.close();
            try {
                Files.deleteIfExists(file);
            } catch (IOException inUse) {
                file.toFile().deleteOnExit();
            }
        }
    }
}
