package io.personalive.animation.portrait;

import io.personalive.animation.model.Networks;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.networks.motion.HeadMotion;
import io.personalive.networks.pose.FaceBox;
import io.personalive.networks.pose.FaceBoxes;
import io.personalive.networks.pose.FaceCrop;
import io.personalive.networks.unet.AppearanceBank;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.Turn;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A portrait as the model sees it: its latent, image token, appearance, face shape and own motion. Immutable; several
 * streams may share one. Closing it frees its native memory, once no computation uses it.
 */
public final class Portrait implements AutoCloseable {
    private final Tensor latent, imageToken, canonical, translation, scale;
    private final ReferenceReading appearance;
    private final MotionFrame motion;
    private final FaceBox faceBox;
    private final Lifetime lifetime = new Lifetime("the portrait");

    private Portrait(Tensor latent, Tensor imageToken, ReferenceReading appearance, HeadMotion head,
            MotionFrame motion, FaceBox faceBox) {
        this.latent = Scope.own(latent);
        this.imageToken = imageToken == null ? null : Scope.own(imageToken);
        this.canonical = Scope.own(head.canonical());
        this.translation = Scope.own(head.translation());
        this.scale = Scope.own(head.scale());
        this.appearance = appearance;
        this.motion = motion;
        this.faceBox = faceBox;
    }

    /**
     * Encodes a picture. It is resized to the model's square frame as it is: frame the face before.
     *
     * @param image of any size and type
     */
    public static Portrait of(BufferedImage image, Networks networks) {
        return Scope.withoutGradient(() -> {
            try (Turn turn = Turn.on(networks.device()); Lifetime.Use inUse = networks.use(); Scope scope = new Scope()) {
                int size = networks.config().frameSize();
                Tensor picture = networks.onDevice(PortraitPreprocess.frame(image, size));
                Tensor latent = networks.autoencoder().encode(networks.inPrecision(picture));
                Tensor imageToken = networks.imageEncoder().map(encoder ->
                        encoder.forward(networks.inPrecision(ClipPreprocess.pixels(image, encoder.imageSize())))).orElse(null);
                HeadMotion head = networks.motionExtractor()
                        .forward(networks.onDevice(PortraitPreprocess.forMotionExtractor(image, networks.config().motionExtractor().imageSize())));
                FaceBox found = FaceBoxes.of(head.posed(), size, networks.config().keypointPicture().keypoints()).get(0);
                FaceBox box = found.isEmpty() ? FaceBox.whole(size) : found;
                Tensor face = FaceCrop.cutEach(picture, List.of(box), networks.config().motionEncoder().imageSize());
                float[] tokens = Tensors.floats(networks.motionEncoder().forward(networks.inPrecision(face)));
                MotionFrame motion = new MotionFrame(tokens, head.pitch().item_float(), head.yaw().item_float(),
                        head.roll().item_float(), new float[3]);
                try (AppearanceBank bank = networks.referenceUNet().forward(latent, imageToken)) {
                    return new Portrait(latent, imageToken, networks.denoisingUNet().read(bank, imageToken), head,
                            motion, box);
                }
            }
        });
    }

    /**
     * Holds it open while a computation uses its tensors: closing it waits meanwhile.
     *
     * @throws IllegalStateException if it is closed
     */
    public Lifetime.Use use() {
        return lifetime.use();
    }

    /** (1, c, h, w) of the latents, clean, scaled. */
    public Tensor latent() {
        lifetime.check();
        return latent;
    }

    /** (1, 1, width); null where the model has no image encoder. */
    public Tensor imageToken() {
        lifetime.check();
        return imageToken;
    }

    /** What the denoising UNet reads of it. */
    public ReferenceReading appearance() {
        lifetime.check();
        return appearance;
    }

    /** Its own expression and head angles; its translation is 0, as all are relative to it. */
    public MotionFrame motion() {
        return motion;
    }

    /** Where its face is, in pixels of the model's frame; the whole frame where none was found. */
    public FaceBox faceBox() {
        return faceBox;
    }

    /**
     * The portrait's face in other poses.
     *
     * @param frames angles, and translations relative to the driver's first frame
     * @return (f, k, 3), posed keypoints: the portrait's shape and scale, the driver's angles, half its movement
     */
    public Tensor posed(List<MotionFrame> frames) {
        int count = frames.size();
        float[] pitch = new float[count], yaw = new float[count], roll = new float[count];
        float[] moved = new float[3 * count];
        for (int i = 0; i < count; i++) {
            MotionFrame frame = frames.get(i);
            pitch[i] = frame.pitch();
            yaw[i] = frame.yaw();
            roll[i] = frame.roll();
            System.arraycopy(frame.translation(), 0, moved, 3 * i, 3);
        }
        try (Lifetime.Use inUse = use(); Scope scope = new Scope()) {
            Tensor move = Tensors.of(moved, count, 3).mul(new Scalar(0.5f)).to(canonical.device(), canonical.scalar_type());
            HeadMotion head = new HeadMotion(canonical.expand(count, -1, -1),
                    like(pitch), like(yaw), like(roll), move.add(translation), scale.expand(count));
            return scope.keep(head.posed());
        }
    }

    private Tensor like(float[] values) {
        return Tensors.of(values, values.length).to(canonical.device(), canonical.scalar_type());
    }

    @Override
    public void close() {
        lifetime.end(() -> {
            appearance.close();
            Stream.of(latent, imageToken, canonical, translation, scale).forEach(Scope::release);
        });
    }
}
