package io.personalive.cli.train;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.Placement;
import io.personalive.cli.console.Interruption;
import io.personalive.cli.console.Progress;
import io.personalive.cli.console.UserError;
import io.personalive.cli.options.ModelOptions;
import io.personalive.live.AvatarModel;
import io.personalive.live.Crop;
import io.personalive.media.MediaException;
import io.personalive.media.video.VideoReader;
import io.personalive.torch.Device;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.training.data.FaceMeasure;
import io.personalive.training.evaluation.ClipFolder;
import io.personalive.training.evaluation.ClipFolder.Clip;
import io.personalive.training.evaluation.EvaluatedClip;
import io.personalive.training.evaluation.EvaluatedPair;
import io.personalive.training.evaluation.Evaluation;
import io.personalive.training.evaluation.EvaluationFolder;
import io.personalive.training.evaluation.EvaluationReport;
import io.personalive.training.evaluation.Yardsticks;
import io.personalive.training.identity.FaceRecognition;
import io.personalive.training.losses.Lpips;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code evaluate}: how near a model's frames come to the truth, beside trivial baselines. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures a model on a folder of clips, each driving its own first frame, beside two baselines: that frame "
                + "repeated, and moved by head pose alone.")
public final class Evaluate implements Callable<Integer> {
    /** A step of the full model may take minutes on a processor. */
    private static final Duration STOP_WITHIN = Duration.ofMinutes(15);
    /** Side of the frames where no model says it, pixels. */
    private static final int BASELINE_SIZE = 256;

    @Mixin
    private ModelOptions model;

    @Option(names = "--clips", required = true, paramLabel = "FOLDER", description = "The clips: a folder of videos.")
    private Path clips;

    @Option(names = "--output", required = true, paramLabel = "FOLDER",
            description = "Where report.json, report.md, index.html and the videos go.")
    private Path output;

    @Option(names = "--split", paramLabel = "NAME",
            description = "Only clips that clips.csv, in the folder or beside it, names train, val or test (default: all).")
    private String split;

    @Option(names = "--labels", paramLabel = "FILE|FOLDER|none",
            description = "Labelled faces of the clips (clips.safetensors); none leaves those beside the clips unused (default: "
                    + "labels/ in the folder or beside it).")
    private String labels;

    @Option(names = "--crop", paramLabel = "HOW", defaultValue = "none",
            description = "auto frames the clips around the face; none takes them as they are (default: ${DEFAULT-VALUE}).")
    private Crop crop;

    @Option(names = "--cross", paramLabel = "N", defaultValue = "0",
            description = "So many pairs of clips too, in which one person drives another (default: ${DEFAULT-VALUE}).")
    private int cross;

    @Option(names = "--every", paramLabel = "N", defaultValue = "1",
            description = "Compare one frame in N; the model answers all (default: ${DEFAULT-VALUE}).")
    private int every;

    @Option(names = "--max-frames", paramLabel = "N", description = "Frames of a clip to use at most (default: all).")
    private Long mostFrames;

    @Option(names = "--max-clips", paramLabel = "N", description = "Clips to use at most, evenly spread (default: all).")
    private Integer mostClips;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Of the noise (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--lpips", split = ",", paramLabel = "FILE", description = "Measures LPIPS too, with these weights: torchvision's "
            + "AlexNet or VGG-16, a comma, LPIPS's linear layers; .safetensors or as PyTorch saves them.")
    private List<Path> lpips = new ArrayList<>();

    @Option(names = "--identity", paramLabel = "FILE", description = "Measures ID-SIM too, with this face-recognition network: "
            + "an ONNX file, or the weights of an ArcFace residual network.")
    private Path identity;

    @Option(names = "--identity-range", paramLabel = "RANGE", defaultValue = "signed", description = "What the ONNX file takes: signed, "
            + "-1 to 1, or bytes, 0 to 255 (default: ${DEFAULT-VALUE}).")
    private FaceRecognition.Range identityRange;

    @Option(names = "--baselines-only", description = "Run the baselines without a model, at 256 x 256 pixels.")
    private boolean baselinesOnly;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check();
        List<Clip> chosen = chosen(ClipFolder.clips(clips, split));
        ModelSource source = baselinesOnly ? null : model.source();
        try (EvaluationFolder folder = new EvaluationFolder(output);
                Interruption interruption = Interruption.waitingAtMost(STOP_WITHIN,
                        "stopping after the current step; the report will hold the clips that are done");
                Checkpoint labelled = openLabels(); Yardsticks yardsticks = yardsticks(); AvatarModel loaded = load(source)) {
            EvaluationReport report;
            Map<String, String> leftOut = new LinkedHashMap<>();
            List<Clip[]> pairs = pairs(chosen);
            int size = source == null ? BASELINE_SIZE : source.frameSize();
            try (Progress progress = Progress.of("evaluating", Progress.Unit.FRAMES, frames(chosen, pairs))) {
                Evaluation evaluation = new Evaluation(loaded, size, yardsticks, labelled, options(), progress::advance, interruption::requested);
                List<EvaluatedClip> self = self(evaluation, chosen, folder, leftOut, interruption);
                List<EvaluatedPair> others = cross(evaluation, pairs, folder, leftOut, interruption);
                report = new EvaluationReport(source == null ? null : source.description(), self, others, yardsticks.missing(), leftOut,
                        notes(size, labelled != null && crop == Crop.NONE));
            }
            if (report.clips().isEmpty()) {
                leftOut.forEach((name, why) -> say("left out: " + name + ": " + why));
                say("no clip was finished; nothing was written");
                return interruption.requested() ? Interruption.EXIT_CODE : 1;
            }
            folder.finish(report);
            leftOut.forEach((name, why) -> say("left out: " + name + ": " + why));
            say((interruption.requested() ? "stopped; " : "") + output + ": " + report.clips().size() + " of " + chosen.size() + " clips");
            spec.commandLine().getOut().print(report.summary());
            spec.commandLine().getOut().flush();
            return interruption.requested() ? Interruption.EXIT_CODE : 0;
        }
    }

    private void check() {
        if (cross < 0 || cross > 0 && baselinesOnly) {
            throw new UserError("--cross " + cross + ": give 0 or more; it needs a model");
        }
        if (mostClips != null && mostClips < 1) {
            throw new UserError("--max-clips " + mostClips + ": give 1 or more");
        }
    }

    private Evaluation.Options options() {
        return new Evaluation.Options(crop, every, mostFrames == null ? Integer.MAX_VALUE : mostFrames, seed);
    }

    private List<Clip> chosen(List<Clip> all) {
        if (mostClips == null || mostClips >= all.size()) {
            return all;
        }
        List<Clip> some = new ArrayList<>();
        for (int i = 0; i < mostClips; i++) {
            some.add(all.get((int) ((long) i * all.size() / mostClips)));
        }
        return some;
    }

    /** Each clip's person is driven by the next one's, then by the one after that. */
    private List<Clip[]> pairs(List<Clip> of) {
        List<Clip[]> pairs = new ArrayList<>();
        for (int i = 0; i < cross && of.size() > 1; i++) {
            int apart = 1 + i / of.size() % (of.size() - 1);
            pairs.add(new Clip[] {of.get(i % of.size()), of.get((i + apart) % of.size())});
        }
        return pairs;
    }

    private Checkpoint openLabels() throws IOException {
        if ("none".equals(labels)) {
            return null;
        }
        Path given = labels == null ? ClipFolder.labels(clips).orElse(null) : Path.of(labels);
        return given == null ? null : ClipFolder.openLabels(given);
    }

    private Yardsticks yardsticks() {
        Optional<Lpips> looks = lpips.isEmpty() ? Optional.empty() : Optional.of(Lpips.load(lpips, Device.CPU));
        Optional<FaceRecognition> recognition = identity == null ? Optional.empty() : Optional.of(FaceRecognition.load(identity, identityRange));
        return new Yardsticks(FaceMeasure.load(Device.CPU), looks, recognition);
    }

    private AvatarModel load(ModelSource source) {
        if (source == null) {
            return null;
        }
        Placement placement = model.placement();
        say("loading " + source.description() + " on " + placement.device() + " in " + placement.precision());
        return AvatarModel.load(source, placement, false);
    }

    private long frames(List<Clip> self, List<Clip[]> pairs) {
        long frames = 0;
        for (Clip clip : self) {
            frames += frames(clip);
        }
        for (Clip[] pair : pairs) {
            frames += frames(pair[1]);
        }
        return frames;
    }

    private long frames(Clip clip) {
        try (VideoReader video = VideoReader.open(clip.video())) {
            long estimated = Math.max(0, video.estimatedFrames());
            return mostFrames == null ? estimated : Math.min(mostFrames, estimated);
        } catch (MediaException unreadable) {
            return 0; // it is named when its turn comes
        }
    }

    private List<EvaluatedClip> self(Evaluation evaluation, List<Clip> of, EvaluationFolder folder, Map<String, String> leftOut,
            Interruption interruption) {
        List<EvaluatedClip> done = new ArrayList<>();
        for (Clip clip : of) {
            if (interruption.requested()) {
                break;
            }
            try {
                evaluation.self(clip, folder.video(clip.id())).ifPresent(done::add);
            } catch (MediaException | IllegalArgumentException unusable) {
                leftOut.put(clip.id(), unusable.getMessage());
            }
        }
        return done;
    }

    private List<EvaluatedPair> cross(Evaluation evaluation, List<Clip[]> pairs, EvaluationFolder folder, Map<String, String> leftOut,
            Interruption interruption) {
        List<EvaluatedPair> done = new ArrayList<>();
        for (Clip[] pair : pairs) {
            if (interruption.requested()) {
                break;
            }
            String id = EvaluatedPair.id(pair[0].id(), pair[1].id());
            try {
                evaluation.cross(pair[0], pair[1], folder.video(id)).ifPresent(done::add);
            } catch (MediaException | IllegalArgumentException unusable) {
                leftOut.put(id, unusable.getMessage());
            }
        }
        return done;
    }

    private Map<String, String> notes(int size, boolean labelled) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("size", size + " pixels");
        notes.put("compared", every == 1 ? "every frame but the first" : "one frame in " + every + ", from the second on");
        notes.put("boxes of mouth and eyes, poses of the warp", labelled ? "from the labels where a clip has some" : "measured");
        notes.put("expression and pose", "measured by the embedded landmark network, in the model's frames and in the truth alike");
        return notes;
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("personalive: " + line);
        err.flush();
    }
}
