package io.personalive.training.stages;

import io.personalive.animation.model.ModelConfig;
import io.personalive.animation.model.NetworkName;
import io.personalive.animation.model.NetworkType;
import io.personalive.networks.motion.HeadMotion;
import io.personalive.networks.motion.MotionEncoder;
import io.personalive.networks.pose.FaceBox;
import io.personalive.networks.pose.FaceBoxes;
import io.personalive.networks.pose.FaceCrop;
import io.personalive.networks.pose.KeypointPicture;
import io.personalive.networks.pose.PoseGuider;
import io.personalive.networks.unet.AppearanceBank;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.networks.unet.ReferenceUNet;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.networks.unet.UNetConfig.Attention;
import io.personalive.networks.unet.UNetConfig.Level;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import io.personalive.training.data.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * All networks of an animation model in training: both UNets, the motion encoder and the pose guider carry gradients,
 * the others don't.
 */
final class PortraitNetworks implements AutoCloseable {
    private static final String TEMPORAL = ".temporal_modules.";

    private final StartModel start;
    private final ModelConfig config;
    private final FaceAugmentation faceAugmentation;
    private final List<Weights.Loaded<?>> loaded = new ArrayList<>();
    private final Map<NetworkName, Weights.Loaded<?>> trainable = new LinkedHashMap<>();
    private final ReferenceUNet referenceUNet;
    private final DenoisingUNet denoisingUNet;
    private final MotionEncoder motionEncoder;
    private final PoseGuider poseGuider;
    private final FrozenReadings frozen;

    /** @param temporal whether the denoising UNet has its temporal modules */
    PortraitNetworks(StartModel start, boolean temporal, FaceAugmentation faceAugmentation) {
        this.start = start;
        this.faceAugmentation = faceAugmentation;
        config = start.config();
        frozen = new FrozenReadings(start);
        UNetConfig unet = temporal ? config.unet() : withoutTemporal(config.unet());
        try {
            Weights.Loaded<DenoisingUNet> denoising = start.trainable(NetworkName.DENOISING_UNET,
                    tensor -> !temporal && tensor.contains(TEMPORAL), at -> new DenoisingUNet(at, unet));
            trainable.put(NetworkName.DENOISING_UNET, denoising);
            denoisingUNet = owned(denoising);
            referenceUNet = trainable(NetworkType.REFERENCE_UNET);
            motionEncoder = trainable(NetworkType.MOTION_ENCODER);
            poseGuider = trainable(NetworkType.POSE_GUIDER);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private <T> T trainable(NetworkType<T> type) {
        Weights.Loaded<T> network = start.trainable(type);
        trainable.put(type.name(), network);
        return owned(network);
    }

    private <T> T owned(Weights.Loaded<T> network) {
        loaded.add(network);
        return network.network();
    }

    private static UNetConfig withoutTemporal(UNetConfig unet) {
        List<Level> levels = unet.levels().stream()
                .map(level -> new Level(level.channels(), level.layers(), withoutTemporal(level.attention()))).toList();
        return new UNetConfig(unet.latentChannels(), levels, withoutTemporal(unet.middle()), unet.groups(), unet.heads(),
                unet.imageTokenWidth(), unet.motionTokens(), unet.motionTokenWidth(), unet.windowFrames());
    }

    private static Set<Attention> withoutTemporal(Set<Attention> kinds) {
        Set<Attention> rest = EnumSet.noneOf(Attention.class);
        rest.addAll(kinds);
        rest.remove(Attention.TEMPORAL);
        return rest;
    }

    /**
     * What the frozen networks say of a batch of b samples with f driving frames each. No gradients.
     *
     * @param batch          what was read
     * @param portraits      (b, 3, s, s) in [-1, 1]
     * @param driving        (b, f, 3, s, s)
     * @param portraitLatent (b, c, h, w), scaled
     * @param imageToken     (b, 1, width); null where there is no image encoder
     * @param faces          (b, 1 + f, 3, m, m): the portrait's, then the driving frames'
     * @param heads          of b * (1 + f) frames, sample after sample, all with their portrait's face
     * @param poses          (b, 1 + f, 3, s, s) in [0, 1], keypoint pictures of these heads
     */
    record Inputs(Batch batch, Tensor portraits, Tensor driving, Tensor portraitLatent, Tensor imageToken, Tensor faces, HeadMotion heads,
            Tensor poses) {
        long frames() {
            return driving.size(1);
        }
    }

    /** The tensors are the caller's scope's. */
    Inputs read(Batch batch, Draws draws) {
        return Scope.withoutGradient(() -> {
            try (Scope scope = new Scope()) {
                Tensor pictures = Pictures.of(batch, config.frameSize(), device());
                Tensor portraits = pictures.select(1, 0).contiguous();
                Tensor driving = pictures.narrow(1, 1, batch.frames() - 1L).contiguous();
                HeadMotion heads = frozen.heads(pictures.flatten(0, 1), batch.originals(0, batch.frames()));
                HeadMotion shown = ofThePortraits(heads, batch.samples());
                long[] originals = batch.originals(0, 1);
                Tensor imageTokens = frozen.imageTokens(portraits, originals).map(scope::keep).orElse(null);
                return new Inputs(batch, scope.keep(portraits), scope.keep(driving), scope.keep(frozen.latents(portraits, originals)),
                        imageTokens, scope.keep(faces(pictures, heads, draws)), kept(shown, scope),
                        scope.keep(poses(shown, batch.samples())));
            }
        });
    }

    /** The shape of the face is the portrait's, its pose each frame's own. */
    private static HeadMotion ofThePortraits(HeadMotion heads, long samples) {
        Tensor canonical = heads.canonical().unflatten(0, samples, -1);
        Tensor portraits = canonical.narrow(1, 0, 1).expand(-1, canonical.size(1), -1, -1).flatten(0, 1);
        return new HeadMotion(portraits, heads.pitch(), heads.yaw(), heads.roll(), heads.translation(), heads.scale());
    }

    private static HeadMotion kept(HeadMotion heads, Scope scope) {
        List.of(heads.canonical(), heads.pitch(), heads.yaw(), heads.roll(), heads.translation(), heads.scale())
                .forEach(scope::keep);
        return heads;
    }

    private Tensor poses(HeadMotion heads, long samples) {
        Tensor pictures = KeypointPicture.draw(heads.posed(), config.frameSize(), config.keypointPicture());
        return Tensors.to(pictures, device(), ScalarType.Float).unflatten(0, samples, -1);
    }

    private Tensor faces(Tensor pictures, HeadMotion heads, Draws draws) {
        int size = config.frameSize(), frames = (int) pictures.size(1);
        List<FaceBox> found = FaceBoxes.of(heads.posed(), size, config.keypointPicture().keypoints());
        List<Tensor> samples = new ArrayList<>();
        for (int sample = 0; sample < pictures.size(0); sample++) {
            FaceAugmentation.Drawn change = faceAugmentation.draw(draws.of(sample));
            List<FaceBox> boxes = new ArrayList<>();
            FaceBox last = FaceBox.whole(size);
            for (FaceBox box : found.subList(sample * frames, (sample + 1) * frames)) {
                last = box.isEmpty() ? last : box;
                boxes.add(boxes.isEmpty() ? last : change.place(last, size));
            }
            Tensor cut = FaceCrop.cutEach(pictures.select(0, sample), boxes, config.motionEncoder().imageSize());
            samples.add(Tensors.cat(0, cut.narrow(0, 0, 1), change.colours(cut.narrow(0, 1, frames - 1L))).unsqueeze(0));
        }
        return Tensors.cat(0, samples);
    }

    /**
     * Motion tokens of some frames.
     *
     * @param from  number of the first among portrait and driving frames; 1 is the first driving frame
     * @param count how many
     * @return (b, count, tokens, width)
     */
    Tensor tokens(Inputs inputs, long from, long count) {
        try (Scope scope = new Scope()) {
            Tensor faces = inputs.faces().narrow(1, from, count).flatten(0, 1);
            return scope.keep(motionEncoder.forward(faces).unflatten(0, -1, count));
        }
    }

    /** Pose features of some frames, counted as in {@link #tokens}. @return (b, count, first width, h, w) */
    Tensor poseFeatures(Inputs inputs, long from, long count) {
        try (Scope scope = new Scope()) {
            Tensor pictures = inputs.poses().narrow(1, from, count).flatten(0, 1);
            return scope.keep(poseGuider.forward(pictures).unflatten(0, -1, count));
        }
    }

    /**
     * Pose features of frames that lead from the portraits' own angles to another frame's, as a stream begins.
     *
     * @param to    number of that frame, counted as in {@link #tokens}
     * @param count of frames; the first has the portrait's own angles
     * @return (b, count, first width, h, w)
     */
    Tensor leadingPoseFeatures(Inputs inputs, long to, long count) {
        long samples = inputs.portraits().size(0);
        try (Scope scope = new Scope()) {
            HeadMotion heads = inputs.heads();
            Tensor canonical = first(heads.canonical(), samples, count), translation = first(heads.translation(), samples, count);
            HeadMotion lead = new HeadMotion(canonical, between(heads.pitch(), samples, to, count), between(heads.yaw(), samples, to, count),
                    between(heads.roll(), samples, to, count), translation, first(heads.scale(), samples, count));
            return scope.keep(poseGuider.forward(poses(lead, samples).flatten(0, 1)).unflatten(0, samples, count));
        }
    }

    /** @return of each sample the first frame's, so many times */
    private static Tensor first(Tensor values, long samples, long count) {
        return values.unflatten(0, samples, -1).narrow(1, 0, 1).repeat_interleave(count, new LongOptional(1), new LongOptional()).flatten(0, 1);
    }

    private static Tensor between(Tensor angles, long samples, long to, long count) {
        Tensor all = angles.unflatten(0, samples, -1);
        List<Tensor> steps = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            steps.add(all.narrow(1, 0, 1).lerp(all.narrow(1, to, 1), new Scalar((double) i / count)));
        }
        return Tensors.cat(1, steps).flatten(0, 1);
    }

    /** What the denoising UNet reads of the portraits; the caller closes it. */
    ReferenceReading reading(Inputs inputs) {
        return reading(inputs.portraitLatent(), inputs.imageToken());
    }

    /** The same of other latents (b, c, h, w) of the same people. */
    ReferenceReading reading(Tensor latents, Tensor imageToken) {
        try (AppearanceBank bank = learns(NetworkName.REFERENCE_UNET) ? referenceUNet.forward(latents, imageToken)
                : Scope.withoutGradient(() -> referenceUNet.forward(latents, imageToken))) {
            return denoisingUNet.read(bank, imageToken);
        }
    }

    /** Whether any of a network's parameters is trained: nothing need be recorded for one that isn't. */
    private boolean learns(NetworkName name) {
        return trainable.get(name).parameters().values().stream().anyMatch(Tensor::requires_grad);
    }

    DenoisingUNet denoisingUNet() {
        return denoisingUNet;
    }

    /** @param latents (n, c, h, w), scaled. @return (n, 3, s, s) */
    Tensor decode(Tensor latents) {
        return frozen.decode(latents);
    }

    ModelConfig config() {
        return config;
    }

    Device device() {
        return start.device();
    }

    /** Those that carry gradients, by name. */
    Map<String, Weights.Loaded<?>> trained() {
        Map<String, Weights.Loaded<?>> named = new LinkedHashMap<>();
        trainable.forEach((name, network) -> named.put(name.toString(), network));
        return named;
    }

    /**
     * Latents of some driving frames.
     *
     * @param from  number of the first, counted as in {@link #tokens}
     * @param count how many
     * @return (b, count, c, h, w), scaled; no gradients
     */
    Tensor latents(Inputs inputs, long from, long count) {
        try (Scope scope = new Scope()) {
            Tensor frames = inputs.driving().narrow(1, from - 1, count).flatten(0, 1);
            return scope.keep(frozen.latents(frames, inputs.batch().originals(from, count)).unflatten(0, -1, count));
        }
    }

    /** Keeps what the frozen networks say on disk. See {@link Stage#cacheIn}. */
    void cacheIn(Path folder, String circumstances, long bytes) throws IOException {
        frozen.cacheIn(folder, circumstances, bytes);
    }

    /** Writes the model with these networks in it. */
    void export(Path folder) throws IOException {
        start.export(folder, trainable);
    }

    @Override
    public void close() {
        frozen.close();
        loaded.forEach(Weights.Loaded::close);
    }
}
