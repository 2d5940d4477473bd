package io.personalive.training.stages;

import io.personalive.networks.paint.FacePicture;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.HeadWarp;
import io.personalive.networks.warp.JacobianLimit;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.training.data.Batch;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Portraits and what is to become of them: another frame of the same person, and all that a painter is told of it.
 *
 * @param portraits (b, 3, s, s) in [-1, 1]
 * @param regions   (b, 6, s/2, s/2), of the portraits
 * @param shown     the faces of the other frames
 * @param wanted    of the other frames, or of a part of each
 * @param truth     (b, 3, h, w) in [-1, 1], the same part
 * @param labelled  (b, 1, 1, 1), 1 where both frames' labels can be trusted
 */
record PaintPairs(Tensor portraits, Tensor regions, LabelledFaces shown, FacePicture wanted, Tensor truth,
        Tensor labelled) {
    /** How much smaller than the pictures the smallest of what a painter is told is. */
    private static final int SMALLEST = 4;
    /** Cells of the smooth flow along a side. */
    private static final int CELLS = 64;
    private static final HeadWarp WARP = new HeadWarp(CELLS, JacobianLimit.USUAL);

    /** @param side of the pictures, a multiple of 16. The tensors are the caller's scope's */
    static PaintPairs of(Batch batch, int side, Device device) {
        try (Scope scope = new Scope()) {
            Tensor pictures = Pictures.of(batch, side, device);
            LabelledFaces from = LabelledFaces.of(batch, 0, device), to = LabelledFaces.of(batch, 1, device);
            Tensor face = from.canonical(), shown = to.canonical();
            Flow flow = WARP.flow(face, from.pose(), shown, to.pose()).through(from.landmarks(), to.landmarks(), side);
            Tensor valid = Tensors.of(batch.valid(), batch.samples(), batch.frames());
            return new PaintPairs(scope.keep(pictures.select(1, 0).contiguous()), scope.keep(from.regions(side / 2)), kept(scope, to),
                    new FacePicture(scope.keep(flow.places()), scope.keep(flow.validity(side / 4, side / 4)),
                            scope.keep(to.regions(side / 2)), scope.keep(FacePicture.motion(face, from.pose(), shown, to.pose()))),
                    scope.keep(pictures.select(1, 1).contiguous()),
                    scope.keep(Tensors.to(valid.prod(1), device, ScalarType.Float).reshape(-1, 1, 1, 1)));
        }
    }

    private static LabelledFaces kept(Scope scope, LabelledFaces faces) {
        HeadPose pose = faces.pose();
        return new LabelledFaces(scope.keep(faces.landmarks()), new HeadPose(scope.keep(pose.pitch()), scope.keep(pose.yaw()),
                scope.keep(pose.roll()), scope.keep(pose.translation()), scope.keep(pose.scale())));
    }

    /**
     * A part of each picture, around its mouth or its eyes.
     *
     * @param part of the side, in pixels, a multiple of 16
     */
    PaintPairs around(int part, Draws draws) {
        try (Scope scope = new Scope()) {
            List<Tensor> places = new ArrayList<>(), validity = new ArrayList<>(), parts = new ArrayList<>(), truths = new ArrayList<>();
            for (int i = 0; i < truth.size(0); i++) {
                float[] middle = shown.middle(i, draws.of(i).nextBoolean());
                long column = begin(middle[0], part), row = begin(middle[1], part);
                places.add(cut(wanted.places(), i, row, column, part, 1));
                validity.add(cut(wanted.validity(), i, row, column, part, SMALLEST));
                parts.add(cut(wanted.regions(), i, row, column, part, 2));
                truths.add(cut(truth, i, row, column, part, 1));
            }
            FacePicture cut = new FacePicture(scope.keep(Tensors.cat(0, places)), scope.keep(Tensors.cat(0, validity)),
                    scope.keep(Tensors.cat(0, parts)), wanted.motion());
            return new PaintPairs(portraits, regions, shown, cut, scope.keep(Tensors.cat(0, truths)), labelled);
        }
    }

    /** Where a part begins that has {@code middle} in its own middle, if the picture is large enough. */
    private long begin(float middle, int part) {
        long side = truth.size(3);
        long begin = Math.round(((middle + 1) * side - part) / 2 / SMALLEST) * SMALLEST;
        return Math.max(0, Math.min(side - part, begin));
    }

    private static Tensor cut(Tensor pictures, long which, long row, long column, long part, long shrunk) {
        return pictures.narrow(0, which, 1).narrow(2, row / shrunk, part / shrunk).narrow(3, column / shrunk, part / shrunk);
    }
}
