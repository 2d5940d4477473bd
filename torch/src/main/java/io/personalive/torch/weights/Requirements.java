package io.personalive.torch.weights;

import io.personalive.torch.Device;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a network asks its weights for. See {@link Weights#requirements}.
 *
 * @param tensors shapes by name, in the order in which they are asked for; all of them must be there
 * @param ignored names that may be there and aren't needed
 */
public record Requirements(Map<String, long[]> tensors, Set<String> ignored) {
    /** A source that holds nothing and takes down what it is asked for. Nothing is set aside for what isn't there. */
    static final class Survey implements TensorSource {
        private final Map<String, long[]> tensors = new LinkedHashMap<>();

        /** @param asked all names that were mentioned, those that aren't needed among them */
        Requirements result(Set<String> asked) {
            Set<String> ignored = new LinkedHashSet<>(asked);
            ignored.removeAll(tensors.keySet());
            return new Requirements(Collections.unmodifiableMap(tensors), Collections.unmodifiableSet(ignored));
        }

        @Override
        public String description() {
            return "a survey";
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public long[] shape(String name, long[] expected) {
            tensors.put(name, expected.clone());
            return null;
        }

        @Override
        public Tensor read(String name, long[] shape, Device device, ScalarType type) {
            throw new IllegalStateException("a survey reads nothing");
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
