package io.personalive.cli.bench;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.portrait.Frames;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.stream.AnimationStream;
import io.personalive.animation.stream.Chunk;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times the streaming loop as it runs live: driving pictures in, finished pictures out. The first step warms up. */
final class StepBench {
    /** Parts of a step, in order, as a micro-chunk's times name them; reading comes first. */
    private static final String READING = "driver", UNET = "unet", DECODING = "decode";

    private final AnimationModel model;
    private final Stopwatch stopwatch;
    private final Map<String, List<Double>> stages = new LinkedHashMap<>();
    private final Map<String, Double> stageGflop = new LinkedHashMap<>();

    StepBench(AnimationModel model, Stopwatch stopwatch) {
        this.model = model;
        this.stopwatch = stopwatch;
    }

    /**
     * The whole measurement.
     *
     * @param step         of a full window
     * @param stages       of the step's parts
     * @param firstFrameMs from a portrait's picture to the first frame, the run-in's first
     */
    record Result(Timing step, List<Timing> stages, double firstFrameMs) {
        /** The denoising UNet alone, and the decoder: the step's parts that are a network each. */
        List<Timing> networks() {
            return stages.stream().filter(stage -> stage.name().equals(UNET) || stage.name().equals(DECODING))
                    .map(stage -> new Timing(stage.name().equals(UNET) ? "denoising-unet" : "vae-decoder",
                            stage.milliseconds(), stage.gflop())).toList();
        }
    }

    Result run() {
        int size = model.frameSize();
        BufferedImage portraitPicture = DrawnFace.of(size, 0);
        long begun = System.nanoTime();
        try (Portrait portrait = model.portrait(portraitPicture);
                AnimationStream stream = model.stream(portrait, StreamOptions.seeded(0))) {
            MotionReader driver = model.driver(portrait.faceBox());
            step(stream, driver, size, 0);
            double firstFrameMs = (System.nanoTime() - begun) / 1e6;
            int[] number = {1};
            stages.clear();
            Timing step = stopwatch.time("step", () -> step(stream, driver, size, number[0]++));
            int counted = step.milliseconds().size();
            List<Timing> parts = stages.entrySet().stream().map(stage -> new Timing(stage.getKey(),
                    last(stage.getValue(), counted), stageGflop.getOrDefault(stage.getKey(), 0.0))).toList();
            return new Result(step, parts, firstFrameMs);
        }
    }

    private void step(AnimationStream stream, MotionReader driver, int size, int number) {
        List<BufferedImage> pictures = DrawnFace.several(size, number, stream.window().chunkFrames());
        long start = System.nanoTime();
        long operations = FlopCounter.total();
        List<MotionFrame> motion;
        try (Scope scope = new Scope()) {
            motion = driver.read(Frames.toSigned(pictures));
        }
        record(READING, (System.nanoTime() - start) / 1e6, FlopCounter.total() - operations);
        operations = FlopCounter.total();
        try (Chunk chunk = stream.push(motion)) {
            long pushed = FlopCounter.total() - operations;
            operations = FlopCounter.total();
            chunk.frames();
            long decoded = FlopCounter.total() - operations;
            chunk.times().forEach((part, milliseconds) -> record(part, milliseconds,
                    part.equals(UNET) ? pushed : part.equals(DECODING) ? decoded : 0));
        }
    }

    private void record(String stage, double milliseconds, long operations) {
        stages.computeIfAbsent(stage, name -> new ArrayList<>()).add(milliseconds);
        stageGflop.put(stage, operations / 1e9);
    }

    private static List<Double> last(List<Double> all, int count) {
        return all.subList(all.size() - count, all.size());
    }
}
