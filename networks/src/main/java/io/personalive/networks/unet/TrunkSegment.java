package io.personalive.networks.unet;

import io.personalive.networks.unet.UNetTrunk.Skip;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.training.Recomputation;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A stage of a UNet's trunk as a segment that can run again. Its state is the features, then those kept on the way down,
 * oldest first, then the tokens that were written for the appearance bank.
 *
 * @param kept   how many features are kept when it begins
 * @param before what the stage does with those kept before it computes: {@code TAKES}, or {@code NONE}
 * @param after  what it does with them then: {@code KEEPS}, or {@code NONE}
 */
record TrunkSegment(Stage stage, Conditioning conditioning, int kept, Skip before, Skip after) implements Recomputation.Segment {
    @Override
    public List<Tensor> forward(List<Tensor> state) {
        try (Scope scope = new Scope()) {
            Tensor x = state.get(0);
            boolean takes = before == Skip.TAKES;
            Tensor out = scope.keep(stage.forward(takes ? Tensors.cat(1, x, state.get(kept)) : x, conditioning));
            List<Tensor> next = new ArrayList<>(List.of(out));
            next.addAll(state.subList(1, takes ? kept : 1 + kept));
            if (after == Skip.KEEPS) {
                next.add(out);
            }
            next.addAll(state.subList(1 + kept, state.size()));
            conditioning.appearance().takeWritten().forEach(tokens -> next.add(scope.keep(tokens)));
            return next;
        }
    }
}
