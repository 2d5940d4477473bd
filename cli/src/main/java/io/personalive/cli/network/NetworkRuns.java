package io.personalive.cli.network;

import static io.personalive.cli.network.Inputs.ANY;

import io.personalive.animation.model.NetworkType;
import io.personalive.animation.model.NetworkWeights;
import io.personalive.animation.portrait.ClipPreprocess;
import io.personalive.animation.portrait.Frames;
import io.personalive.animation.portrait.PortraitPreprocess;
import io.personalive.cli.console.UserError;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.motion.HeadMotion;
import io.personalive.networks.motion.MotionEncoderConfig;
import io.personalive.networks.motion.MotionExtractor;
import io.personalive.networks.motion.MotionExtractorConfig;
import io.personalive.networks.pose.FaceBoxes;
import io.personalive.networks.pose.FaceCrop;
import io.personalive.networks.pose.KeypointPicture;
import io.personalive.networks.pose.KeypointPictureConfig;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.torch.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;

/** Everything that {@code run-network} can run, by name. */
final class NetworkRuns {
    private static final Map<String, NetworkRun> ALL = new LinkedHashMap<>();

    static {
        ALL.put("vae-encoder", network(NetworkType.AUTOENCODER, "latents",
                (inputs, run) -> run.network().encode(run.in(inputs.floats("images", ANY, 3, ANY, ANY)))));
        ALL.put("vae-decoder", network(NetworkType.AUTOENCODER, "images",
                (inputs, run) -> run.network().decode(run.in(inputs.floats("latents", ANY, ANY, ANY, ANY)))));
        ALL.put("tiny-encoder", network(NetworkType.TINY_AUTOENCODER, "latents",
                (inputs, run) -> run.network().encode(run.in(inputs.floats("images", ANY, 3, ANY, ANY)))));
        ALL.put("tiny-decoder", network(NetworkType.TINY_AUTOENCODER, "images",
                (inputs, run) -> run.network().decode(run.in(inputs.floats("latents", ANY, ANY, ANY, ANY)))));
        ALL.put("image-encoder", network(NetworkType.IMAGE_ENCODER, "image_token",
                (inputs, run) -> run.network().forward(run.in(inputs.floats("pixels", ANY, 3, run.network().imageSize(), run.network().imageSize())))));
        ALL.put("reference-unet", new ReferenceUNetRun());
        ALL.put("denoising-unet", new DenoisingUNetRun());
        ALL.put("motion-encoder", network(NetworkType.MOTION_ENCODER, "motion_tokens",
                (inputs, run) -> run.network().forward(run.in(inputs.floats("faces", ANY, 3, ANY, ANY)))));
        ALL.put("motion-extractor", NetworkRuns::extractMotion);
        ALL.put("pose-guider", network(NetworkType.POSE_GUIDER, "pose_features",
                (inputs, run) -> run.network().forward(run.in(inputs.floats("pictures", ANY, 3, ANY, ANY)))));
        ALL.put("keypoint-picture", (inputs, setting) -> Map.of("pictures",
                KeypointPicture.draw(inputs.floats("posed", ANY, ANY, 3), size(inputs), picture(setting))));
        ALL.put("face-boxes", (inputs, setting) -> Map.of("boxes", FaceBoxes.toTensor(
                FaceBoxes.of(inputs.floats("posed", ANY, ANY, 3), size(inputs), picture(setting).keypoints()))));
        ALL.put("face-crop", (inputs, setting) -> Map.of("faces", FaceCrop.cut(
                inputs.floats("image", 3, ANY, ANY), FaceBoxes.fromTensor(inputs.longs("boxes", ANY, 4)), faceSize(setting))));
        ALL.put("clip-preprocess", (inputs, setting) -> Map.of("pixels",
                ClipPreprocess.pixels(Frames.toImage(inputs.bytes("image", ANY, ANY, 3)), clipSize(setting))));
        ALL.put("portrait-preprocess", (inputs, setting) -> Map.of("image",
                PortraitPreprocess.frame(Frames.toImage(inputs.bytes("image", ANY, ANY, 3)), size(inputs))));
        ALL.put("stream", new StreamRun());
    }

    private NetworkRuns() {}

    /** The names of all networks and helpers. */
    static Iterable<String> names() {
        return ALL.keySet();
    }

    static NetworkRun named(String name) {
        NetworkRun run = ALL.get(name);
        if (run == null) {
            throw new UserError("there is no network '" + name + "': use one of " + String.join(", ", names()));
        }
        return run;
    }

    /** A loaded network and how to bring its inputs to it. */
    record Loaded<T>(T network, NetworkRun.Setting setting) {
        Tensor in(Tensor input) {
            return setting.inPrecision(input);
        }
    }

    /** A network with a single output. */
    private static <T> NetworkRun network(NetworkType<T> type, String output, BiFunction<Inputs, Loaded<T>, Tensor> forward) {
        return (inputs, setting) -> {
            try (Weights.Loaded<T> loaded = type.load(weights(type.name().toString(), setting), setting.device(), setting.precision())) {
                return Map.of(output, forward.apply(inputs, new Loaded<>(loaded.network(), setting)));
            }
        };
    }

    /** The motion extractor computes in float32 whatever the precision. */
    private static Map<String, Tensor> extractMotion(Inputs inputs, NetworkRun.Setting setting) {
        NetworkWeights weights = weights("motion-extractor", setting);
        MotionExtractorConfig sizes = weights.motionExtractor();
        try (Weights.Loaded<MotionExtractor> loaded =
                NetworkType.MOTION_EXTRACTOR.load(weights, setting.device(), setting.precision())) {
            HeadMotion head = loaded.network().forward(setting.inFloat32(inputs.floats("images", ANY, 3, sizes.imageSize(), sizes.imageSize())));
            return Map.of("canonical", head.canonical(), "pitch", head.pitch(), "yaw", head.yaw(), "roll", head.roll(),
                    "translation", head.translation(), "scale", head.scale(), "posed", head.posed());
        }
    }

    /** As the model draws it; as the authors do where none is named. */
    private static KeypointPictureConfig picture(NetworkRun.Setting setting) {
        return setting.weights() == null ? KeypointPictureConfig.OFFICIAL
                : NetworkWeights.parse(setting.weights()).keypointPicture();
    }

    /** Side of a face's picture, in pixels. */
    private static int faceSize(NetworkRun.Setting setting) {
        return setting.weights() == null ? MotionEncoderConfig.OFFICIAL.imageSize()
                : NetworkWeights.parse(setting.weights()).motionEncoder().imageSize();
    }

    /** Side of the image encoder's pictures, in pixels. */
    private static int clipSize(NetworkRun.Setting setting) {
        return setting.weights() == null ? ImageEncoderConfig.official().imageSize()
                : NetworkWeights.parse(setting.weights()).imageEncoder().imageSize();
    }

    static NetworkWeights weights(String network, NetworkRun.Setting setting) {
        if (setting.weights() == null) {
            throw new UserError(network + " needs --weights: a folder, a checkpoint file or synthetic:NAME");
        }
        return NetworkWeights.parse(setting.weights());
    }

    /** @return the image token, (1, 1, width); null where the UNets read none */
    static Tensor imageToken(Inputs inputs, UNetConfig config, NetworkRun.Setting setting) {
        return config.readsImage() ? setting.inPrecision(inputs.floats("image_token", 1, 1, config.imageTokenWidth())) : null;
    }

    private static int size(Inputs inputs) {
        long size = inputs.longs("size", 1).item_long();
        if (size < 8 || size > 8192) {
            throw new UserError("the input 'size' is " + size + ", expected 8 to 8192 pixels");
        }
        return (int) size;
    }
}
