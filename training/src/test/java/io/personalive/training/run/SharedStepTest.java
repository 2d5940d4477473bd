package io.personalive.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.animation.model.ModelSource;
import io.personalive.torch.Device;
import io.personalive.torch.Tensors;
import io.personalive.torch.distributed.GlooPeers;
import io.personalive.torch.distributed.Peers;
import io.personalive.torch.training.NamePattern;
import io.personalive.training.data.Augmentation;
import io.personalive.training.data.Batch;
import io.personalive.training.data.DrawnPeople;
import io.personalive.training.data.Loader;
import io.personalive.training.data.PackedDataset;
import io.personalive.training.recipe.CommonOptions;
import io.personalive.training.recipe.OptimiserOptions;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.stages.Objective;
import io.personalive.training.stages.Stage;
import io.personalive.training.stages.StageName;
import io.personalive.training.stages.StartModel;
import io.personalive.training.stages.TinyModel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedStepTest {
    private static final OptimiserOptions OPTIONS =
            new OptimiserOptions(10, 1, 1, 1e-3, 1, 0, 1, 0, 0.9, 0.999, 1e-8, 0, 0, "off", 1e9);

    @TempDir
    Path folder;
    private Path data;
    private String model;

    @BeforeEach
    void draw() throws Exception {
        data = DrawnPeople.pack(folder.resolve("data"));
        model = TinyModel.describe(folder);
    }

    /**
     * @param batch  samples of a pass
     * @param passes of the step
     * @return the gradients of one step on this process's part of the data
     */
    private float[] gradients(StageName name, int batch, int passes, Peers peers) throws Exception {
        StartModel start = new StartModel(ModelSource.parse(model), StartOptions.usual(), Device.CPU);
        try (Stage stage = name.open(start, CommonOptions.with(name.defaults()));
                PackedDataset packed = PackedDataset.open(data);
                Loader loader = new Loader(packed, new Loader.Options("train", batch, 1, 0, Augmentation.USUAL, 5, 1), peers.rank(),
                        peers.count())) {
            Objective objective = stage.objectives().get(0);
            try (Trainee trainee = new Trainee(objective, NamePattern.of(objective.trained()), OPTIONS, 1, false)) {
                List<Batch> batches = new ArrayList<>();
                for (int pass = 0; pass < passes; pass++) {
                    batches.add(loader.take());
                }
                new StepComputation(List.of(trainee), OPTIONS, 5, Device.CPU, peers).compute(1, batches, false);
                return Tensors.floats(trainee.gradients().flat());
            }
        }
    }

    private List<float[]> ofTwoProcesses(StageName name) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<float[]>> both = Stream.of(0, 1).map(rank -> threads.submit(() -> {
            try (Peers peers = GlooPeers.join("127.0.0.1", port, rank, 2, Duration.ofMinutes(2), Device.CPU)) {
                return gradients(name, 1, 1, peers);
            }
        })).toList();
        threads.shutdown();
        return List.of(both.get(0).get(), both.get(1).get());
    }

    /** float32 sums in another order, relative to the largest gradient. */
    private static void assertNear(float[] alone, float[] shared) {
        double largest = 0, apart = 0;
        for (int i = 0; i < alone.length; i++) {
            largest = Math.max(largest, Math.abs(alone[i]));
            apart = Math.max(apart, Math.abs(alone[i] - shared[i]));
        }
        assertEquals(0, apart / largest, 1e-6);
    }

    @Test
    void twoProcessesGiveTheGradientsOfOneWithTheDoubledBatch() throws Exception {
        float[] alone = gradients(StageName.MOTION_EXTRACTOR, 2, 1, Peers.alone());
        ofTwoProcesses(StageName.MOTION_EXTRACTOR).forEach(shared -> assertNear(alone, shared));
    }

    /** Deep networks of synthetic weights enlarge the rounding of other batch sizes, so the size of a pass is the same here. */
    @Test
    void twoProcessesGiveTheGradientsOfOneWithTwoPasses() throws Exception {
        float[] alone = gradients(StageName.STAGE1, 1, 2, Peers.alone());
        ofTwoProcesses(StageName.STAGE1).forEach(shared -> assertNear(alone, shared));
    }
}
