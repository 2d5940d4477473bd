package io.personalive.training.stages;

import io.personalive.torch.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A loss and what it is made of.
 *
 * @param total one number, where a backward pass begins
 * @param parts by name, for people: unweighted
 */
public record Loss(Tensor total, Map<String, Double> parts) {
    /**
     * The same and one part more.
     *
     * @param value one number, unweighted
     */
    Loss plus(String part, Tensor value, double weight) {
        Map<String, Double> more = new LinkedHashMap<>(parts);
        more.put(part, value.item_double());
        return new Loss(total.add(value.mul(new Scalar(weight))), more);
    }

    /** Hands the total to the scope around this one. @return this */
    Loss keep(Scope scope) {
        scope.keep(total);
        return this;
    }
}
