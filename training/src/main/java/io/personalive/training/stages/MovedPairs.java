package io.personalive.training.stages;

import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadWarp;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.training.data.Batch;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Portraits, another frame of the same person for each, and the flow that leads from one to the other by both frames'
 * labels.
 *
 * @param portraits (b, 3, s, s) in [-1, 1]
 * @param faces     in the portraits
 * @param truth     (b, 3, s, s) in [-1, 1], the other frames
 * @param shown     the faces in them
 * @param flow      s x s cells
 * @param labelled  (b, 1, 1, 1), 1 where both frames' labels can be trusted
 */
record MovedPairs(Tensor portraits, LabelledFaces faces, Tensor truth, LabelledFaces shown, Flow flow, Tensor labelled) {
    /**
     * @param read (b, 2, 3, h, w) in [-1, 1], the batch's pictures, on the device
     * @param side of the pairs' pictures, in pixels. The tensors are the caller's scope's
     */
    static MovedPairs of(Batch batch, Tensor read, int side, Device device, Draws draws) {
        try (Scope scope = new Scope()) {
            LabelledFaces to = LabelledFaces.of(batch, 1, device);
            StillPairs portraits = StillPairs.of(batch, Pictures.resized(read.select(1, 0).contiguous(), side),
                    LabelledFaces.of(batch, 0, device), device, draws);
            LabelledFaces from = portraits.faces();
            Flow flow = HeadWarp.USUAL.flow(from.canonical(), from.pose(), to.canonical(), to.pose())
                    .through(from.landmarks(), to.landmarks(), side);
            scope.keep(flow.places());
            Tensor valid = Tensors.to(Tensors.of(batch.valid(), batch.samples(), batch.frames()).prod(1), device, ScalarType.Float);
            return new MovedPairs(scope.keep(portraits.portraits()), from.keep(scope),
                    scope.keep(Pictures.resized(read.select(1, 1).contiguous(), side)), to.keep(scope), flow,
                    scope.keep(valid.reshape(-1, 1, 1, 1)));
        }
    }
}
