package io.personalive.animation.moved;

import io.personalive.networks.paint.FacePicture;
import io.personalive.networks.paint.FaceRegions;
import io.personalive.networks.paint.PaintNetwork;
import io.personalive.networks.paint.PaintReference;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Paints with a network. */
record NetworkPainter(PaintNetwork network) implements Painter {
    @Override
    public Canvas on(Tensor portrait, Tensor face, HeadPose pose) {
        try (Scope scope = new Scope()) {
            PaintReference reference = network.reference(portrait, regions(face, pose, portrait));
            memory(reference).forEach(Scope::own);
            return new Prepared(reference, face, pose);
        }
    }

    /** Everything that is computed of a portrait; the picture itself is its owner's. */
    private static List<Tensor> memory(PaintReference reference) {
        return List.of(reference.regions(), reference.quarter(), reference.eighth(), reference.summary());
    }

    /** @return (1, 6, s/2, s/2), the parts of a face as it lies in the picture */
    private static Tensor regions(Tensor face, HeadPose pose, Tensor picture) {
        int side = Math.toIntExact(picture.size(2) / 2);
        float[] landmarks = Tensors.floats(pose.posed(face).narrow(2, 0, 2));
        return Tensors.of(FaceRegions.of(landmarks, side), 1, FaceRegions.CHANNELS, side, side)
                .to(picture.device(), picture.scalar_type());
    }

    private final class Prepared implements Canvas {
        private final PaintReference reference;
        private final Tensor face;
        private final HeadPose pose;

        Prepared(PaintReference reference, Tensor face, HeadPose pose) {
            this.reference = reference;
            this.face = face;
            this.pose = pose;
        }

        @Override
        public Tensor paint(Flow flow, Tensor expressed, HeadPose to) {
            try (Scope scope = new Scope()) {
                return scope.keep(network.forward(reference, flow, regions(expressed, to, reference.portraits()),
                        FacePicture.motion(face, pose, expressed, to)));
            }
        }

        @Override
        public void close() {
            memory(reference).forEach(Scope::release);
        }
    }
}
