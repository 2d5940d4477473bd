package io.personalive.animation.moved;

import io.personalive.networks.paint.FacePicture;
import io.personalive.networks.paint.FaceRegions;
import io.personalive.networks.paint.PaintNetwork;
import io.personalive.networks.paint.PaintReference;
import io.personalive.networks.paint.PicturePart;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Paints the face with a network; all around it the portrait is moved alone. */
record NetworkPainter(PaintNetwork network) implements Painter {
    /** Parts of pictures, in sizes of brows, eyes and mouth together. */
    private static final double READ = 1.7, PAINTED = 1.3;

    @Override
    public Canvas on(Tensor portrait, Tensor face, HeadPose pose) {
        try (Scope scope = new Scope()) {
            int side = Math.toIntExact(portrait.size(2));
            float[] landmarks = Tensors.floats(pose.posed(face).narrow(2, 0, 2));
            PicturePart part = PicturePart.ofFace(landmarks, READ, side);
            PaintReference reference = network.reference(part.of(portrait, 1).contiguous(),
                    part.of(FaceRegions.picture(landmarks, portrait), 2).contiguous());
            memory(reference).forEach(Scope::own);
            return new Prepared(portrait, part, reference, face, pose);
        }
    }

    /** Everything that is computed of a portrait; the picture itself is its owner's. */
    private static List<Tensor> memory(PaintReference reference) {
        return List.of(reference.portraits(), reference.regions(), reference.quarter(), reference.eighth(), reference.summary());
    }

    private final class Prepared implements Canvas {
        private final Tensor portrait;
        private final PicturePart read;
        private final PaintReference reference;
        private final Tensor face;
        private final HeadPose pose;

        Prepared(Tensor portrait, PicturePart read, PaintReference reference, Tensor face, HeadPose pose) {
            this.portrait = portrait;
            this.read = read;
            this.reference = reference;
            this.face = face;
            this.pose = pose;
        }

        @Override
        public Tensor paint(Flow flow, Tensor expressed, HeadPose to) {
            try (Scope scope = new Scope()) {
                int side = Math.toIntExact(portrait.size(2));
                float[] landmarks = Tensors.floats(to.posed(expressed).narrow(2, 0, 2));
                PicturePart part = PicturePart.ofFace(landmarks, PAINTED, side);
                FacePicture wanted = new FacePicture(read.within(part.of(flow.places(), 1), side),
                        part.of(flow.validity(side / 4, side / 4), 4), part.of(FaceRegions.picture(landmarks, portrait), 2),
                        FacePicture.motion(face, pose, expressed, to));
                Tensor frame = flow.sample(portrait);
                part.put(network.forward(reference, wanted), frame);
                return scope.keep(frame);
            }
        }

        @Override
        public void close() {
            memory(reference).forEach(Scope::release);
        }
    }
}
