package io.personalive.training.stages;

import io.personalive.networks.paint.FacePicture;
import io.personalive.networks.paint.PicturePart;
import io.personalive.networks.warp.Flow;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Portraits and what is to become of them: another frame of the same person, and all that a painter is told of it.
 *
 * @param portraits (b, 3, s, s) in [-1, 1], or the part of each that the painter is given
 * @param regions   (b, 6, s/2, s/2), of the portraits, or of those parts
 * @param faces     in the portraits
 * @param shown     the faces of the other frames
 * @param wanted    of the other frames, or of a part of each
 * @param truth     (b, 3, h, w) in [-1, 1], the same part
 * @param labelled  (b, 1, 1, 1), 1 where both frames' labels can be trusted
 */
record PaintPairs(Tensor portraits, Tensor regions, LabelledFaces faces, LabelledFaces shown, FacePicture wanted, Tensor truth,
        Tensor labelled) {
    /** How much larger the part of a portrait is that the painter is given than what it paints in training. */
    private static final double GIVEN = 1.5;

    /** The tensors are the caller's scope's. */
    static PaintPairs of(MovedPairs pairs) {
        try (Scope scope = new Scope()) {
            LabelledFaces from = pairs.faces(), to = pairs.shown();
            Flow flow = pairs.flow();
            int side = Math.toIntExact(pairs.portraits().size(3));
            Tensor motion = FacePicture.motion(from.canonical(), from.pose(), to.canonical(), to.pose());
            FacePicture wanted = new FacePicture(flow.places(), scope.keep(flow.validity(side / 4, side / 4)),
                    scope.keep(to.regions(side / 2)), scope.keep(motion));
            return new PaintPairs(pairs.portraits(), scope.keep(from.regions(side / 2)), from, to, wanted, pairs.truth(),
                    pairs.labelled());
        }
    }

    /**
     * A part of each picture, around its mouth or its eyes, and the portrait's face.
     *
     * @param part of the side, in pixels, a multiple of 16
     */
    PaintPairs around(int part, Draws draws) {
        try (Scope scope = new Scope()) {
            List<Tensor> given = new ArrayList<>(), told = new ArrayList<>(), places = new ArrayList<>(), validity = new ArrayList<>(),
                    parts = new ArrayList<>(), truths = new ArrayList<>();
            int side = Math.toIntExact(truth.size(3)), large = Math.min(side, (int) (GIVEN * part) / 16 * 16);
            for (int i = 0; i < truth.size(0); i++) {
                float[] lips = faces.middle(i, true), eyes = faces.middle(i, false);
                PicturePart face = PicturePart.around((lips[0] + eyes[0]) / 2, (lips[1] + eyes[1]) / 2, large, side);
                given.add(face.of(portraits.narrow(0, i, 1), 1));
                told.add(face.of(regions.narrow(0, i, 1), 2));
                float[] middle = shown.middle(i, draws.of(i).nextBoolean());
                PicturePart around = PicturePart.around(middle[0], middle[1], part, side);
                places.add(face.within(around.of(wanted.places().narrow(0, i, 1), 1), side));
                validity.add(around.of(wanted.validity().narrow(0, i, 1), 4));
                parts.add(around.of(wanted.regions().narrow(0, i, 1), 2));
                truths.add(around.of(truth.narrow(0, i, 1), 1));
            }
            FacePicture cut = new FacePicture(scope.keep(Tensors.cat(0, places)), scope.keep(Tensors.cat(0, validity)),
                    scope.keep(Tensors.cat(0, parts)), wanted.motion());
            return new PaintPairs(scope.keep(Tensors.cat(0, given)), scope.keep(Tensors.cat(0, told)), faces, shown, cut, scope.keep(Tensors.cat(0, truths)), labelled);
        }
    }
}
