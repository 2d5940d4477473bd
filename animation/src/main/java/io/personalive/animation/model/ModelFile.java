package io.personalive.animation.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.animation.schedule.Prediction;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.networks.autoencoder.LatentConfig;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.motion.MotionEncoderConfig;
import io.personalive.networks.motion.MotionExtractorConfig;
import io.personalive.networks.pose.KeypointPictureConfig;
import io.personalive.networks.pose.PoseGuiderConfig;
import io.personalive.torch.weights.CheckpointException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** {@code model.json}, a model's description: fields that are left out have the authors' values. See docs/model.md. */
final class ModelFile {
    /** Its name in a model's folder. */
    static final String NAME = "model.json";

    /** The kind of a model whose networks generate the frames; the usual one. */
    private static final String GENERATED = "generated-portrait";

    private static final ModelConfig OFFICIAL = ModelConfig.named("personalive");
    private static final ObjectMapper json = new ObjectMapper(
            // numbers that are none come through, to be refused with their field's name
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What the parser's messages tell programmers about the parser. */
    private static final Pattern PARSER_TERMS = Pattern.compile(
            ",? from `\\w+\\.\\w+\\(\\)`| \\(start marker at \\[.*| \\(not recognized as one.*");

    private ModelFile() {}

    /** The model of a folder that holds a description, whichever kind it names. */
    static ModelSource folder(Path folder) {
        Path file = folder.resolve(NAME);
        return read(file, () -> new FileInputStream(file.toFile()), root -> kind(root).equals(GENERATED)
                ? DescribedFolder.complete(folder, config(root)) : MovedPortraitSource.of(new MovedPortraitSource.Folder(folder), root));
    }

    /** A model that is part of the program. */
    static ModelSource embedded(String name) {
        EmbeddedModel place = new EmbeddedModel(name);
        return read(Path.of(name, NAME), () -> place.stream(NAME), root -> MovedPortraitSource.of(place, root));
    }

    /** @throws CheckpointException naming the file, the field that can't be, its value and what would be right */
    static ModelConfig read(Path file) {
        return read(file, () -> new FileInputStream(file.toFile()), root -> {
            if (!kind(root).equals(GENERATED)) {
                throw new IllegalArgumentException("kind is \"" + kind(root) + "\", expected \"" + GENERATED
                        + "\": others have none of these networks");
            }
            return config(root);
        });
    }

    private static String kind(JsonNode root) {
        return new JsonFields("", root).choice("kind", GENERATED, List.of(GENERATED, MovedPortraitSource.KIND));
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    private static <T> T read(Path file, Opening opening, Function<JsonNode, T> convert) {
        try (InputStream content = opening.open()) {
            JsonNode root = json.readTree(content);
            if (root.isMissingNode()) {
                throw new IllegalArgumentException("the file is empty, expected an object such as {\"frame_size\": 512}");
            }
            return convert.apply(root);
        } catch (JsonProcessingException broken) {
            JsonLocation place = broken.getLocation();
            throw new CheckpointException(file + " is not valid JSON" + (place == null ? ""
                    : " in line " + place.getLineNr() + ", column " + place.getColumnNr()) + ": " + PARSER_TERMS.matcher(broken.getOriginalMessage()).replaceAll(""));
        } catch (IOException unreadable) {
            throw new CheckpointException(file + " can't be read: " + unreadable.getMessage(), unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new CheckpointException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    private static ModelConfig config(JsonNode root) {
        JsonFields fields = new JsonFields("", root, List.of("kind", "frame_size", "window", "schedule", "keyframes", "latents",
                "autoencoder", "tiny_autoencoder", "image_encoder", "unet", "motion_encoder", "motion_extractor",
                "pose_guider", "keypoint_picture"));
        MotionEncoderConfig motionEncoder =
                motionEncoder(fields.object("motion_encoder", "image_size", "widths", "attention_width", "attention_heads",
                        "landmarks", "features", "tokens", "token_width"));
        LatentConfig latents = latents(fields.object("latents", "factor", "channels", "mean", "deviation"));
        Optional<ImageEncoderConfig> imageEncoder = fields.isNull("image_encoder") ? Optional.empty()
                : Optional.of(imageEncoder(fields.object("image_encoder", "hidden_size", "intermediate_size",
                        "num_hidden_layers", "num_attention_heads", "patch_size", "image_size", "projection_dim",
                        "layer_norm_eps")));
        WindowShape window = window(fields.object("window", "chunk_frames", "timesteps"));
        return new ModelConfig(fields.whole("frame_size", OFFICIAL.frameSize()),
                window,
                schedule(fields.object("schedule", "steps", "first_beta", "last_beta", "prediction")),
                keyframes(fields.object("keyframes", "threshold", "first_chunk", "most")),
                UNetFields.read(fields, latents.channels(), imageEncoder.map(ImageEncoderConfig::projectionDim).orElse(0), motionEncoder.tokens(),
                        motionEncoder.tokenWidth(), window.chunkFrames() * window.timesteps().size()),
                AutoencoderFields.full(fields, latents), AutoencoderFields.tiny(fields, latents), imageEncoder, motionEncoder,
                motionExtractor(fields.object("motion_extractor", "image_size", "depths", "widths", "keypoints",
                        "angle_bins")), poseGuider(fields.object("pose_guider", "widths")),
                keypointPicture(fields.object("keypoint_picture", "keypoints", "radius", "colours")));
    }

    private static WindowShape window(JsonFields at) {
        WindowShape usual = OFFICIAL.window();
        return new WindowShape(at.whole("chunk_frames", usual.chunkFrames()), at.wholes("timesteps", usual.timesteps()));
    }

    private static ScheduleConfig schedule(JsonFields at) {
        ScheduleConfig usual = OFFICIAL.schedule();
        return new ScheduleConfig(at.whole("steps", usual.steps()), at.number("first_beta", usual.firstBeta()),
                at.number("last_beta", usual.lastBeta()), at.choice("prediction", usual.prediction(), List.of(Prediction.values())));
    }

    private static KeyframeConfig keyframes(JsonFields at) {
        KeyframeConfig usual = OFFICIAL.keyframes();
        return new KeyframeConfig(at.number("threshold", usual.threshold()), at.whole("first_chunk", usual.firstChunk()),
                at.whole("most", usual.most()));
    }

    private static LatentConfig latents(JsonFields at) {
        LatentConfig usual = LatentConfig.alike(at.whole("factor", 8), at.size("channels", 4));
        return new LatentConfig(usual.factor(), usual.channels(), at.numbers("mean", usual.mean()),
                at.numbers("deviation", usual.deviation()));
    }

    private static ImageEncoderConfig imageEncoder(JsonFields at) {
        ImageEncoderConfig usual = ImageEncoderConfig.official();
        return at.placed(() -> new ImageEncoderConfig(at.size("hidden_size", usual.hiddenSize()),
                at.size("intermediate_size", usual.intermediateSize()), at.layers("num_hidden_layers", usual.numHiddenLayers()),
                at.size("num_attention_heads", usual.numAttentionHeads()), at.size("patch_size", usual.patchSize()),
                at.size("image_size", usual.imageSize()), at.size("projection_dim", usual.projectionDim()),
                at.number("layer_norm_eps", usual.layerNormEps())));
    }

    private static MotionEncoderConfig motionEncoder(JsonFields at) {
        MotionEncoderConfig usual = OFFICIAL.motionEncoder();
        return new MotionEncoderConfig(at.size("image_size", usual.imageSize()), at.sizes("widths", usual.widths()),
                at.size("attention_width", usual.attentionWidth()), at.size("attention_heads", usual.attentionHeads()),
                at.size("landmarks", usual.landmarks()), at.size("features", usual.features()),
                at.size("tokens", usual.tokens()), at.size("token_width", usual.tokenWidth()));
    }

    private static MotionExtractorConfig motionExtractor(JsonFields at) {
        MotionExtractorConfig usual = OFFICIAL.motionExtractor();
        return new MotionExtractorConfig(at.size("image_size", usual.imageSize()), at.layers("depths", usual.depths()),
                at.sizes("widths", usual.widths()), at.size("keypoints", usual.keypoints()),
                at.size("angle_bins", usual.angleBins()));
    }

    private static PoseGuiderConfig poseGuider(JsonFields at) {
        return new PoseGuiderConfig(at.sizes("widths", OFFICIAL.poseGuider().widths()));
    }

    private static KeypointPictureConfig keypointPicture(JsonFields at) {
        KeypointPictureConfig usual = OFFICIAL.keypointPicture();
        return new KeypointPictureConfig(at.wholes("keypoints", usual.keypoints()), at.whole("radius", usual.radius()),
                at.wholeLists("colours", usual.colours()));
    }

    /** Writes every field: what {@link #read} gives back equal. */
    static void write(Path file, ModelConfig config) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), ModelFields.of(config));
    }
}
