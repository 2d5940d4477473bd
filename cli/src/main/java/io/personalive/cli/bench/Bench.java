package io.personalive.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.personalive.animation.AnimationModel;
import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.model.Placement;
import io.personalive.cli.options.ComputeOptions;
import io.personalive.media.PendingFile;
import io.personalive.torch.BlasThreads;
import io.personalive.torch.ComputeThreads;
import io.personalive.torch.Cpu;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times every network and the whole streaming step, in one process and one table. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Times every network and the streaming step, against this machine's own matmul peak.")
public final class Bench implements Callable<Integer> {
    private static final long PEAK_SIZE = 2048;
    private static final int MOST_SESSIONS = 64;

    @Option(names = "--model", defaultValue = "nano", paramLabel = "MODEL",
            description = "The model (default: ${DEFAULT-VALUE}).")
    private String model;

    @Mixin
    private ComputeOptions compute;

    @Option(names = "--tiny-autoencoder", description = "Decode with the tiny autoencoder.")
    private boolean tiny;

    @Option(names = "--warm-ups", defaultValue = "1", paramLabel = "N",
            description = "Runs of each network before timing (default: ${DEFAULT-VALUE}).")
    private int warmUps;

    @Option(names = "--repeats", defaultValue = "7", paramLabel = "N",
            description = "Timed runs of each (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(names = "--seconds", defaultValue = "60", paramLabel = "S",
            description = "No further run of one computation begins after so long (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--sessions", defaultValue = "1", paramLabel = "N",
            description = "Also time steps of N sessions of the model, in one pass and one after another "
                    + "(default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(names = "--beside", description = "Also time steps beside a load on all processors, as another program would be.")
    private boolean beside;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        if (warmUps < 0 || repeats < 1) {
            throw new IllegalArgumentException("--warm-ups is " + warmUps + " and --repeats " + repeats
                    + ", expected at least 0 and 1");
        }
        if (sessions < 1 || sessions > MOST_SESSIONS) {
            throw new IllegalArgumentException("--sessions is " + sessions + ", expected 1 to " + MOST_SESSIONS);
        }
        ModelSource source = ModelSource.parse(model);
        Placement placement = compute.placement();
        Device on = placement.device();
        Precision in = placement.precision();
        System.out.printf(Locale.ROOT, "model %s, %s on %s (%s), %d threads%n", source.description(), in, on,
                Cpu.name(), ComputeThreads.count());
        if (source instanceof MovedPortraitSource moving) {
            measure(moving, on);
            return 0;
        }
        Scope.withoutGradient(() -> {
            measure(source, on, in);
            return null;
        });
        return 0;
    }

    private void measure(MovedPortraitSource source, Device on) throws IOException {
        double peak = peakGflops(on, Precision.FLOAT32);
        MovingBench.Result result = new MovingBench(source, on, new Stopwatch(on, warmUps, repeats, seconds)).run(beside);
        Report report = new Report(peak);
        report.heading("a frame");
        report.row(result.reading());
        report.row(result.moving());
        report.row(result.stream());
        if (beside) {
            report.row(result.beside());
        }
        long memory = PeakMemory.megabytes();
        System.out.printf(Locale.ROOT, "%n%.1f frames/s; first frame after %.0f ms; peak memory %d MB%n", result.framesPerSecond(),
                result.firstFrameMs(), memory);
        sayBeside(result.stream(), result.beside());
        if (json != null) {
            ObjectNode figures = machine(source, Precision.FLOAT32, on, peak);
            ArrayNode rows = figures.putArray("stages");
            describe(rows.addObject(), result.reading());
            describe(rows.addObject(), result.moving());
            describe(rows.addObject(), result.stream());
            if (beside) {
                describe(rows.addObject(), result.beside());
            }
            write(ended(figures, result.framesPerSecond(), result.firstFrameMs(), memory));
        }
    }

    private void measure(ModelSource source, Device on, Precision in) {
        Stopwatch stopwatch = new Stopwatch(on, warmUps, repeats, seconds);
        double peak = peakGflops(on, in);
        long begun = System.nanoTime();
        try (AnimationModel loaded = AnimationModel.load(source, on, in, tiny)) {
            double loadMs = (System.nanoTime() - begun) / 1e6;
            System.out.printf(Locale.ROOT, "matmul peak %.0f GFLOP/s; loaded in %.1f s%n%n", peak, loadMs / 1e3);
            Report report = new Report(peak);
            report.heading("networks");
            List<Timing> networks = new ArrayList<>();
            for (Timing timing : new NetworkBench(loaded.networks(), stopwatch).run()) {
                networks.add(timing);
                report.row(timing);
            }
            StepBench.Result result = new StepBench(loaded, new Stopwatch(on, 0, repeats, seconds)).run();
            for (Timing timing : result.networks()) {
                networks.add(timing);
                report.row(timing);
            }
            report.heading("streaming step");
            result.stages().forEach(report::row);
            report.row(result.step());
            Timing besideOthers = beside ? besideOthers(loaded, on) : null;
            if (besideOthers != null) {
                report.row(besideOthers);
            }
            SessionsBench.Result several = sessions == 1 ? null : new SessionsBench(loaded, stopwatch, sessions).run();
            if (several != null) {
                report.heading(sessions + " sessions");
                report.row(several.together());
                report.row(several.apart());
            }
            double framesPerSecond = source.config().window().chunkFrames() / result.step().medianMs() * 1e3;
            long memory = PeakMemory.megabytes();
            System.out.printf(Locale.ROOT, "%n%.3f frames/s; first frame after %.0f ms; peak memory %d MB%n",
                    framesPerSecond, result.firstFrameMs(), memory);
            sayBeside(result.step(), besideOthers);
            if (several != null) {
                System.out.printf(Locale.ROOT, "windows of %d sessions advance in one pass in %.2f of the time of one after another%n",
                        sessions, several.ratio());
            }
            if (json != null) {
                ObjectNode figures = describe(source, on, in, peak, networks, result, framesPerSecond, memory);
                if (besideOthers != null) {
                    describe(figures.putObject("beside"), besideOthers);
                }
                if (several != null) {
                    describe(figures.putObject("sessions"), several);
                }
                write(figures);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Timing besideOthers(AnimationModel loaded, Device on) {
        try (OtherLoad load = new OtherLoad()) {
            Timing step = new StepBench(loaded, new Stopwatch(on, 0, repeats, seconds)).run().step();
            return new Timing("beside others", step.milliseconds(), step.gflop());
        }
    }

    private static void sayBeside(Timing alone, Timing beside) {
        if (beside != null) {
            System.out.printf(Locale.ROOT, "beside a program that computes on all %d processors it takes %.2f times as long%n",
                    OtherLoad.processors(), beside.medianMs() / alone.medianMs());
        }
    }

    /** The best of several large matrix products: what this machine can do at most, as these libraries do it. */
    private double peakGflops(Device on, Precision in) {
        try (Scope scope = new Scope()) {
            Tensor left = Tensors.to(torch.rand(PEAK_SIZE, PEAK_SIZE), on, in.type());
            Tensor right = Tensors.to(torch.rand(PEAK_SIZE, PEAK_SIZE), on, in.type());
            Timing timing = new Stopwatch(on, 2, 15, Math.min(10, seconds)).time("matmul",
                    () -> BlasThreads.shared(2 * Math.pow(PEAK_SIZE, 3), () -> left.matmul(right)));
            return 2 * Math.pow(PEAK_SIZE, 3) / timing.fastestMs() / 1e6;
        }
    }

    private ObjectNode describe(ModelSource source, Device on, Precision in, double peak, List<Timing> networks,
            StepBench.Result result, double framesPerSecond, long memory) {
        ObjectNode root = machine(source, in, on, peak);
        ArrayNode rows = root.putArray("networks");
        networks.forEach(timing -> describe(rows.addObject(), timing));
        ObjectNode step = root.putObject("step");
        describe(step, result.step());
        ObjectNode stages = step.putObject("stages");
        result.stages().forEach(stage -> stages.put(stage.name(), stage.medianMs()));
        return ended(root, framesPerSecond, result.firstFrameMs(), memory);
    }

    private static ObjectNode machine(ModelSource source, Precision in, Device on, double peak) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("model", source.description());
        root.put("precision", in.toString());
        root.put("device", on.toString());
        root.put("cpu", Cpu.name());
        root.put("threads", ComputeThreads.count());
        root.putObject("peak").put("matmul_gflops", peak);
        return root;
    }

    private static ObjectNode ended(ObjectNode root, double framesPerSecond, double firstFrameMs, long memory) {
        root.put("frames_per_second", framesPerSecond);
        root.put("first_frame_ms", firstFrameMs);
        root.put("peak_rss_mb", memory);
        return root;
    }

    private static void describe(ObjectNode row, Timing timing) {
        row.put("name", timing.name());
        row.put("median_ms", timing.medianMs());
        row.put("fastest_ms", timing.fastestMs());
        row.put("slowest_ms", timing.slowestMs());
        row.put("runs", timing.milliseconds().size());
        row.put("gflop", timing.gflop());
        row.put("gflops", timing.gflops());
    }

    private static void describe(ObjectNode node, SessionsBench.Result several) {
        node.put("count", several.sessions());
        describe(node.putObject("together"), several.together());
        describe(node.putObject("apart"), several.apart());
        node.put("ratio", several.ratio());
    }

    private void write(ObjectNode figures) throws IOException {
        PendingFile pending = PendingFile.beside(json.toAbsolutePath());
        try {
            Files.writeString(pending.temporary(),
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
            pending.commit();
        } finally {
            pending.discard();
        }
    }
}
