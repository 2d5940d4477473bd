package io.personalive.cli.inspect;

import io.personalive.torch.weights.Requirements;
import io.personalive.torch.weights.TensorSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How well tensors fit a network.
 *
 * @param network   its name
 * @param right     tensors that are there in the expected shape
 * @param missing   tensors that it needs and that aren't there
 * @param misshapen tensors of another shape
 * @param extra     tensors that it doesn't need
 */
record Fit(String network, int right, int missing, int misshapen, int extra) {
    static Fit of(String network, Requirements needs, TensorSource source) {
        int right = 0, missing = 0, misshapen = 0;
        for (Map.Entry<String, long[]> need : needs.tensors().entrySet()) {
            long[] found = source.shape(need.getKey(), need.getValue());
            if (found == null) {
                missing++;
            } else if (Arrays.equals(found, need.getValue())) {
                right++;
            } else {
                misshapen++;
            }
        }
        Set<String> extra = new HashSet<>(source.names());
        extra.removeAll(needs.tensors().keySet());
        extra.removeAll(needs.ignored());
        return new Fit(network, right, missing, misshapen, extra.size());
    }

    /** Whether the network can be loaded from them. */
    boolean full() {
        return missing + misshapen + extra == 0;
    }

    /** The part of all tensors involved that is right, 0 to 1. */
    double closeness() {
        return right / (double) Math.max(1, right + missing + misshapen + extra);
    }

    @Override
    public String toString() {
        return full() ? network + ", all " + right + " tensors"
                : network + " is closest, but of its tensors " + missing + " are missing and " + misshapen + " misshapen, and "
                        + extra + " others are too many";
    }
}
