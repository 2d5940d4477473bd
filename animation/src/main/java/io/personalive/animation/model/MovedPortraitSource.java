package io.personalive.animation.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.networks.landmark.LandmarkConfig;
import io.personalive.networks.layers.LayerConfig;
import io.personalive.networks.paint.PaintConfig;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model that moves the portrait in closed form, by landmarks, instead of generating it: {@code "kind": "moved-portrait"}
 * in {@code model.json}. Each driving frame is answered by itself.
 */
public final class MovedPortraitSource implements ModelSource {
    /** What {@code model.json} calls the kind. */
    static final String KIND = "moved-portrait";
    /** Files of the model. */
    public static final String LANDMARKS = "landmarks.safetensors", REST_FACE = "rest-face.safetensors",
            PAINTER = "painter.safetensors", LAYERS = "layers.safetensors";
    /** A side that the painter can halve as often as it does. */
    private static final int PAINTED = 16;

    private static final WindowShape ONE_FRAME = new WindowShape(1, List.of(0));
    /** Motion is offsets of these landmarks, whichever network reads them. */
    private static final String MOTION = "landmarks-" + MeanFace.POINTS;

    /** Where the model's files are. */
    interface Place {
        /** What messages call it. */
        String description();

        boolean has(String file);

        TensorSource open(String file);
    }

    private final Place place;
    private final int frameSize;
    private final LandmarkConfig landmarks;
    /** Null where nothing is painted. */
    private final PaintConfig painter;
    /** Null where all of the picture moves with the head. */
    private final LayerConfig layers;

    private MovedPortraitSource(Place place, int frameSize, LandmarkConfig landmarks, PaintConfig painter,
            LayerConfig layers) {
        this.place = place;
        this.frameSize = frameSize;
        this.landmarks = landmarks;
        this.painter = painter;
        this.layers = layers;
    }

    /**
     * @param json the whole {@code model.json}
     * @throws IllegalArgumentException naming the field that can't be, its value and what would be right
     * @throws CheckpointException      if a file is missing
     */
    static MovedPortraitSource of(Place place, JsonNode json) {
        JsonFields fields = new JsonFields("", json, List.of("kind", "frame_size", "landmarks", "painter", "layers"));
        MovedPortraitSource source = new MovedPortraitSource(place, fields.whole("frame_size", 256),
                landmarks(fields.object("landmarks", "picture_size", "search_widths", "face_size", "face_widths", "blocks",
                        "groups", "features")),
                json.has("painter") ? painter(fields.object("painter", "head", "quarter", "eighth", "deepest", "motion")) : null,
                json.has("layers") ? layers(fields.object("layers", "widths")) : null);
        int picture = source.landmarks.pictureSize();
        if (source.frameSize < picture || source.frameSize > ModelConfig.LARGEST_FRAME || source.frameSize % picture != 0 || source.frameSize % PAINTED != 0) {
            throw new IllegalArgumentException("frame_size is " + source.frameSize + ", expected a multiple of "
                    + picture + ", which landmarks.picture_size is, and of " + PAINTED + ", up to " + ModelConfig.LARGEST_FRAME + " pixels");
        }
        if (source.layers != null && source.frameSize % source.layers.multiple() != 0) {
            throw new IllegalArgumentException("frame_size is " + source.frameSize + ", expected a multiple of "
                    + source.layers.multiple() + ", which the layers' widths halve it by");
        }
        List<String> missing = source.files().stream().filter(file -> !place.has(file)).toList();
        if (!missing.isEmpty()) {
            throw new CheckpointException(place.description() + " is no complete model; beside its " + ModelFile.NAME
                    + " it lacks\n  " + String.join("\n  ", missing));
        }
        return source;
    }

    private static LandmarkConfig landmarks(JsonFields at) {
        LandmarkConfig usual = LandmarkConfig.nano(MeanFace.POINTS);
        return at.placed(() -> new LandmarkConfig(at.size("picture_size", usual.pictureSize()),
                at.sizes("search_widths", usual.searchWidths()), at.size("face_size", usual.faceSize()),
                at.sizes("face_widths", usual.faceWidths()), at.layers("blocks", usual.blocks()), at.size("groups", usual.groups()),
                at.size("features", usual.features()), MeanFace.POINTS));
    }

    private static PaintConfig painter(JsonFields at) {
        PaintConfig usual = PaintConfig.nano();
        return at.placed(() -> new PaintConfig(at.size("head", usual.head()), at.size("quarter", usual.quarter()),
                at.size("eighth", usual.eighth()), at.size("deepest", usual.deepest()), at.size("motion", usual.motion())));
    }

    private static LayerConfig layers(JsonFields at) {
        return at.placed(() -> new LayerConfig(at.sizes("widths", LayerConfig.nano().widths())));
    }

    /** Names of the model's files, beside its description. */
    public List<String> files() {
        List<String> files = new ArrayList<>(List.of(LANDMARKS, REST_FACE));
        if (painter != null) {
            files.add(PAINTER);
        }
        if (layers != null) {
            files.add(LAYERS);
        }
        return files;
    }

    @Override
    public String description() {
        return place.description();
    }

    @Override
    public int frameSize() {
        return frameSize;
    }

    @Override
    public WindowShape window() {
        return ONE_FRAME;
    }

    @Override
    public String motionFingerprint() {
        return MOTION;
    }

    /** Sizes of the network that reads landmarks. */
    public LandmarkConfig landmarks() {
        return landmarks;
    }

    /** Sizes of the network that paints what the warp can't bring; empty for a model that paints nothing. */
    public Optional<PaintConfig> painter() {
        return Optional.ofNullable(painter);
    }

    /** Sizes of the network that parts portraits into layers; empty for a model that moves all of a picture. */
    public Optional<LayerConfig> layers() {
        return Optional.ofNullable(layers);
    }

    /** Opens one of the model's files; the caller closes it. */
    public TensorSource file(String name) {
        return place.open(name);
    }

    @Override
    public ModelConfig config() {
        throw generatesNothing();
    }

    @Override
    public boolean has(NetworkName network) {
        return false;
    }

    @Override
    public TensorSource open(NetworkName network) {
        throw generatesNothing();
    }

    private IllegalArgumentException generatesNothing() {
        return new IllegalArgumentException(description() + " moves portraits and has none of the networks that generate "
                + "them: give --model a folder with such networks (./personalive download fetches the authors'), or "
                + "synthetic:mini");
    }

    /** A model's folder. */
    record Folder(Path folder) implements Place {
        @Override
        public String description() {
            return folder.toString();
        }

        @Override
        public boolean has(String file) {
            return Files.isRegularFile(folder.resolve(file));
        }

        @Override
        public TensorSource open(String file) {
            return Checkpoint.open(folder.resolve(file));
        }
    }
}
