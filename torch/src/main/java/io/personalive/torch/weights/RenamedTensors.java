package io.personalive.torch.weights;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Tensors of a file that calls some of them by older names. A renamed tensor may also carry the dimensions of size 1
 * that it had as a convolution: (512, 512, 1, 1) serves where (512, 512) is expected.
 */
public final class RenamedTensors implements TensorSource {
    private final TensorSource source;
    private final Map<String, String> inFile = new LinkedHashMap<>();

    /**
     * @param source  holds the tensors by their names in the file; closed with this
     * @param newName from a tensor's name in the file to the one it is expected by; the same name where it isn't old
     * @throws CheckpointException if two tensors of the file get one name
     */
    public RenamedTensors(TensorSource source, UnaryOperator<String> newName) {
        this.source = source;
        for (String old : source.names()) {
            String twin = inFile.put(newName.apply(old), old);
            if (twin != null) {
                throw new CheckpointException(source.description() + ": " + twin + " and " + old
                        + " are old and new names of one tensor. Remove one of them");
            }
        }
    }

    @Override
    public String description() {
        return source.description();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(inFile.keySet());
    }

    @Override
    public long[] shape(String name, long[] expected) {
        String old = inFile.get(name);
        if (old == null) {
            return null;
        }
        long[] found = source.shape(old, expected);
        return !old.equals(name) && sameButForOnes(found, expected) ? expected.clone() : found;
    }

    private static boolean sameButForOnes(long[] found, long[] expected) {
        return expected != null && found.length > expected.length
                && Arrays.equals(found, 0, expected.length, expected, 0, expected.length)
                && Arrays.stream(found, expected.length, found.length).allMatch(size -> size == 1);
    }

    @Override
    public ScalarType type(String name) {
        return source.type(inFile.get(name));
    }

    @Override
    public Tensor read(String name, long[] shape, Device device, ScalarType type) {
        String old = inFile.get(name);
        try (Scope scope = new Scope()) {
            return scope.keep(source.read(old, source.shape(old, shape), device, type).view(shape));
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
