package io.personalive.animation.moved;

import io.personalive.networks.layers.PortraitLayers;
import io.personalive.networks.layers.ResidualFit;
import io.personalive.networks.layers.ResidualFlow;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.HeadWarp;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Follows what of a driver moves otherwise than the head, from the first frame on. Belongs to one thread. */
final class ResidualReader {
    private final MovedPortraitNetworks networks;
    private final FaceMotion first;
    /** (11, n, n): the first picture, small, and its layers. Numbers, so that nobody need close this. */
    private final float[] seen;
    private float[] last = new float[ResidualFlow.NUMBERS];

    private ResidualReader(MovedPortraitNetworks networks, FaceMotion first, float[] seen) {
        this.networks = networks;
        this.first = first;
        this.seen = seen;
    }

    /**
     * @param picture (1, 3, s, s) in [-1, 1], the driver's first
     * @param face    in it
     * @return empty where the model parts no pictures into layers
     */
    static Optional<ResidualReader> of(MovedPortraitNetworks networks, Tensor picture, FaceMotion face) {
        try (Scope scope = new Scope()) {
            return networks.parted(picture, networks.onDevice(face.face()), networks.pose(face)).map(layers -> {
                PortraitLayers small = layers.small(ResidualFit.SIDE);
                Tensor seen = Tensors.cat(1, torch.adaptive_avg_pool2d(picture, ResidualFit.SIDE, ResidualFit.SIDE), small.head(),
                        small.follow(), small.body(), small.behind());
                return new ResidualReader(networks, face, Tensors.floats(seen));
            });
        }
    }

    private ResidualFit fit() {
        Tensor all = networks.onDevice(Tensors.of(seen, 1, 11, ResidualFit.SIDE, ResidualFit.SIDE));
        PortraitLayers layers = new PortraitLayers(all.narrow(1, 3, 1), all.narrow(1, 4, 1), all.narrow(1, 5, 3), all.narrow(1, 8, 3));
        return new ResidualFit(all.narrow(1, 0, 3), layers, networks.pose(first));
    }

    /**
     * @param picture (1, 3, s, s) in [-1, 1], the next frame
     * @param face    in it
     * @return numbers of a {@link ResidualFlow}
     */
    float[] read(Tensor picture, FaceMotion face) {
        try (Scope scope = new Scope()) {
            HeadPose to = networks.pose(face);
            Flow flow = HeadWarp.USUAL.flow(networks.onDevice(first.face()), networks.pose(first), networks.onDevice(face.face()), to);
            ResidualFlow near = ResidualFlow.of(last);
            last = fit().fit(flow, to, picture, new ResidualFlow(networks.onDevice(near.head()), networks.onDevice(near.face()), networks.onDevice(near.rest()))).numbers();
            return last;
        }
    }
}
