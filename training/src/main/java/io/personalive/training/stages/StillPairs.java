package io.personalive.training.stages;

import io.personalive.networks.landmark.LidsAndLips;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.HeadWarp;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.training.data.Batch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Makes pairs of single stills: the portrait's mouth is shut and its head turned a little, by the flow that moves
 * portraits, so that the still itself is what is to come of it. Few clips show a shut mouth that opens widely; many
 * stills smile.
 *
 * @param portraits (b, 3, s, s) in [-1, 1]
 * @param faces     in them
 */
record StillPairs(Tensor portraits, LabelledFaces faces) {
    /** Degrees, either way. */
    private static final double YAW = 12, PITCH = 7;
    /** So many mouths are shut, the others stay open in part. */
    private static final double SHUT = 0.7;
    private static final int AXES = 3, MOUTH = LidsAndLips.OPENINGS - 1;

    /**
     * @param portraits (b, 3, s, s), of all samples; those of clips stay as they are
     * @param faces     as labelled
     */
    static StillPairs of(Batch batch, Tensor portraits, LabelledFaces faces, Device device, Draws draws) {
        byte[] stills = batch.stills();
        return Arrays.equals(stills, new byte[stills.length]) ? new StillPairs(portraits, faces)
                : changed(stills, portraits, faces, device, draws);
    }

    private static StillPairs changed(byte[] stills, Tensor portraits, LabelledFaces faces, Device device,
            Draws draws) {
        try (Scope scope = new Scope()) {
            int each = AXES * MeanFace.POINTS;
            Tensor face = faces.canonical();
            float[] all = Tensors.floats(face), turns = new float[2 * stills.length], chosen = new float[stills.length];
            for (int i = 0; i < stills.length; i++) {
                if (stills[i] == 1) {
                    SplittableRandom random = draws.of(i);
                    chosen[i] = 1;
                    turns[i] = (float) (YAW * (2 * random.nextDouble() - 1));
                    turns[stills.length + i] = (float) (PITCH * (2 * random.nextDouble() - 1));
                    float[] one = Arrays.copyOfRange(all, each * i, each * (i + 1));
                    float open = LidsAndLips.openings(one, one)[MOUTH];
                    LidsAndLips.setMouth(one, random.nextDouble() < SHUT ? 0 : (float) (open * random.nextDouble()));
                    System.arraycopy(one, 0, all, each * i, each);
                }
            }
            Tensor shut = Tensors.to(Tensors.of(all, stills.length, MeanFace.POINTS, AXES), device, ScalarType.Float);
            Tensor turned = Tensors.to(Tensors.of(turns, 2, stills.length), device, ScalarType.Float);
            HeadPose from = faces.pose(), to = new HeadPose(from.pitch().add(turned.select(0, 1)), from.yaw().add(turned.select(0, 0)),
                    from.roll(), from.translation(), from.scale());
            Tensor landmarks = to.posed(shut).narrow(2, 0, 2);
            Flow flow = HeadWarp.USUAL.flow(face, from, shut, to).through(faces.landmarks(), landmarks, portraits.size(2));
            Tensor still = Tensors.to(Tensors.of(chosen, stills.length), device, ScalarType.Bool);
            Tensor pictures = torch.where(still.reshape(-1, 1, 1, 1), flow.sample(portraits), portraits);
            LabelledFaces shown = new LabelledFaces(torch.where(still.reshape(-1, 1, 1), landmarks, faces.landmarks()), to);
            return new StillPairs(scope.keep(pictures), shown.keep(scope));
        }
    }
}
