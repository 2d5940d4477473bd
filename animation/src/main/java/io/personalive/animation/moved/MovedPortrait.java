package io.personalive.animation.moved;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Frames;
import io.personalive.animation.portrait.PortraitPreprocess;
import io.personalive.networks.layers.PortraitLayers;
import io.personalive.networks.layers.ResidualFlow;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.HeadWarp;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Scope;
import io.personalive.torch.Turn;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** A portrait with its face read, ready to be moved. Immutable; closing it frees its picture. */
public final class MovedPortrait implements AutoCloseable {
    private final Lifetime lifetime = new Lifetime("the portrait");
    private final MovedPortraitNetworks networks;
    private final Tensor picture, shape;
    private final HeadPose pose;
    private final Painter.Canvas canvas;
    /** Empty where all of the picture moves with the head. */
    private final Optional<PortraitLayers> layers;
    private final FaceMotion face;
    private final float[] rest;
    private final MotionFrame motion;

    private MovedPortrait(MovedPortraitNetworks networks, Tensor picture) {
        this.networks = networks;
        this.face = new FaceReader(networks.landmarks()).read(picture);
        this.rest = face.rest(networks.restFace());
        this.motion = face.relativeTo(rest, face);
        this.picture = picture;
        this.shape = networks.onDevice(face.face());
        this.pose = networks.pose(face);
        this.layers = networks.parted(picture, shape, pose);
        memory().forEach(Scope::own);
        this.canvas = networks.painter().on(picture, shape, pose);
    }

    /** @param image of any size and type; resized to the model's square frame as it is: frame the face before */
    public static MovedPortrait of(BufferedImage image, MovedPortraitNetworks networks) {
        return Scope.withoutGradient(() -> {
            try (Turn turn = Turn.ofOneThread(networks.device()); Lifetime.Use inUse = networks.use(); Scope scope = new Scope()) {
                return new MovedPortrait(networks, networks.onDevice(PortraitPreprocess.frame(image, networks.frameSize())));
            }
        });
    }

    /** Its own expression and head angles. */
    public MotionFrame motion() {
        return motion;
    }

    /** @return the portrait, moved as the driving frame has it, TYPE_3BYTE_BGR */
    public BufferedImage moved(MotionFrame driving) {
        return Scope.withoutGradient(() -> {
            try (Turn turn = Turn.ofOneThread(networks.device()); Lifetime.Use model = networks.use(); Lifetime.Use own = lifetime.use();
                    Scope scope = new Scope()) {
                FaceMotion wanted = face.driven(driving, rest);
                Tensor expressed = networks.onDevice(wanted.face());
                HeadPose to = networks.pose(wanted);
                Flow flow = HeadWarp.USUAL.flow(shape, pose, expressed, to).through(
                        pose.posed(shape).narrow(2, 0, 2), to.posed(expressed).narrow(2, 0, 2), networks.frameSize());
                return Frames.toImages(frame(flow, expressed, to, residual(driving))).get(0);
            }
        });
    }

    private Tensor frame(Flow flow, Tensor expressed, HeadPose to, ResidualFlow residual) {
        if (layers.isEmpty()) {
            return canvas.paint(flow, expressed, to);
        }
        Flow head = layers.get().followed(flow, residual, to);
        return layers.get().over(canvas.paint(head, expressed, to), head, pose, to, residual);
    }

    private ResidualFlow residual(MotionFrame driving) {
        ResidualFlow residual = driving.residual().length == 0 ? ResidualFlow.none(1) : ResidualFlow.of(driving.residual());
        return new ResidualFlow(networks.onDevice(residual.head()), networks.onDevice(residual.face()), networks.onDevice(residual.rest()));
    }

    private List<Tensor> memory() {
        List<Tensor> memory = new ArrayList<>(List.of(picture, shape, pose.pitch(), pose.yaw(), pose.roll(), pose.translation(), pose.scale()));
        layers.ifPresent(parted -> memory.addAll(parted.tensors()));
        return memory;
    }

    @Override
    public void close() {
        lifetime.end(() -> {
            canvas.close();
            memory().forEach(Scope::release);
        });
    }
}
