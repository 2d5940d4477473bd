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
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedStepTest {
    private static final OptimiserOptions OPTIONS =
            new OptimiserOptions(10, 1, 1, 1e-3, 1, 0, 1, 0, 0.9, 0.999, 1e-8, 0, 0, "off", 1e9);

    @TempDir
    Path folder;

    /** @return the gradients of one step on this process's part of the data */
    private float[] gradients(Path data, String model, int batch, Peers peers) throws Exception {
        StartModel start = new StartModel(ModelSource.parse(model), StartOptions.usual(), Device.CPU);
        try (Stage stage = StageName.STAGE1.open(start, CommonOptions.with(StageName.STAGE1.defaults()));
                PackedDataset packed = PackedDataset.open(data);
                Loader loader = new Loader(packed, new Loader.Options("train", batch, 1, 0, Augmentation.USUAL, 5, 1), peers.rank(),
                        peers.count())) {
            Objective objective = stage.objectives().get(0);
            try (Trainee trainee = new Trainee(objective, NamePattern.of(objective.trained()), OPTIONS, 1, false)) {
                List<Batch> batches = List.of(loader.take());
                new StepComputation(List.of(trainee), OPTIONS, 5, Device.CPU, peers).compute(1, batches, false);
                return Tensors.floats(trainee.gradients().flat());
            }
        }
    }

    @Test
    void twoProcessesGiveTheGradientsOfOneWithTheDoubledBatch() throws Exception {
        Path data = DrawnPeople.pack(folder.resolve("data"));
        String model = TinyModel.describe(folder);
        float[] alone = gradients(data, model, 2, Peers.alone());

        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<float[]>> both = List.of(0, 1).stream().map(rank -> threads.submit(() -> {
            try (Peers peers = GlooPeers.join("127.0.0.1", port, rank, 2, Duration.ofMinutes(2))) {
                return gradients(data, model, 1, peers);
            }
        })).toList();
        threads.shutdown();
        double largest = 0;
        for (float value : alone) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (Future<float[]> each : both) {
            float[] shared = each.get();
            double apart = 0;
            for (int i = 0; i < alone.length; i++) {
                apart = Math.max(apart, Math.abs(alone[i] - shared[i]));
            }
            // float32 sums in another order, relative to the largest gradient
            assertEquals(0, apart / largest, 1e-6);
        }
    }
}
