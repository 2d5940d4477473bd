package io.personalive.cli.network;

import io.personalive.animation.model.Placement;
import io.personalive.cli.options.ComputeOptions;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one network on given tensors: how a checkpoint or a port is checked number by number. */
@Command(name = "run-network", mixinStandardHelpOptions = true, sortOptions = false,
        defaultValueProvider = RunNetwork.Exactly.class,
        description = "Runs one network, a helper of the pipeline, or a whole stream on given tensors.")
public final class RunNetwork implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", completionCandidates = Names.class,
            description = "What to run: ${COMPLETION-CANDIDATES}.")
    private String name;

    @Option(names = "--weights", paramLabel = "FOLDER|FILE|synthetic:CONFIG",
            description = "A folder in the official layout, one network's checkpoint, or synthetic weights "
                    + "(personalive, mini, micro, or a folder with config.json files). Helpers need none.")
    private String weights;

    @Option(names = "--input", required = true, paramLabel = "FILE", description = "Input tensors (.safetensors).")
    private Path input;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where the outputs go (.safetensors).")
    private Path output;

    @Mixin
    private ComputeOptions compute;

    @Override
    public Integer call() throws IOException {
        NetworkRun run = NetworkRuns.named(name);
        Placement placement = compute.placement();
        NetworkRun.Setting setting = new NetworkRun.Setting(weights, placement.device(), placement.precision());
        try (Checkpoint file = Checkpoint.open(input); Scope scope = new Scope()) {
            Map<String, Tensor> outputs =
                    new TreeMap<>(Scope.withoutGradient(() -> run.run(new Inputs(file), setting)));
            Map<String, Tensor> plain = new LinkedHashMap<>();
            outputs.forEach((key, tensor) -> plain.put(key, Tensors.to(tensor, Device.CPU,
                    tensor.is_floating_point() ? ScalarType.Float : tensor.scalar_type()).contiguous()));
            SafetensorsWriter.write(output, plain);
            plain.forEach((key, tensor) ->
                    System.out.println(key + " " + Tensors.describe(Tensors.shape(tensor))));
        }
        return 0;
    }

    /** The names for the help text. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return NetworkRuns.names().iterator();
        }
    }

    /** Numbers are compared where they are rounded least, unless something else is asked for. */
    static final class Exactly implements IDefaultValueProvider {
        @Override
        public String defaultValue(ArgSpec argument) {
            return argument instanceof OptionSpec option ? switch (option.longestName()) {
                case "--device" -> "cpu";
                case "--precision" -> "float32";
                default -> null;
            } : null;
        }
    }
}
