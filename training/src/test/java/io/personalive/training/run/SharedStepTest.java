package io.personalive.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.torch.Device;
import io.personalive.torch.distributed.GlooPeers;
import io.personalive.torch.distributed.Peers;
import io.personalive.training.data.DrawnPeople;
import io.personalive.training.recipe.OptimiserOptions;
import io.personalive.training.stages.StageName;
import io.personalive.training.stages.TinyModel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedStepTest {
    /** float32 sums in another order, relative to the largest gradient. */
    private static final double SAME = 1e-6;

    @TempDir
    Path folder;
    private Path data;
    private String model;

    @BeforeEach
    void draw() throws Exception {
        data = DrawnPeople.pack(folder.resolve("data"));
        model = TinyModel.describe(folder);
    }

    private static OptimiserOptions options(int batch, int passes, boolean recompute) {
        return new OptimiserOptions(10, batch, passes, 1e-3, 1, 0, 1, 0, 0.9, 0.999, 1e-8, 0, 0, "off", recompute, 1e9);
    }

    private OneStep alone(StageName name, int batch, int passes, boolean recompute) throws Exception {
        return OneStep.of(name, model, data, options(batch, passes, recompute), Peers.alone());
    }

    private List<OneStep> ofTwoProcesses(StageName name) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<OneStep>> both = Stream.of(0, 1).map(rank -> threads.submit(() -> {
            try (Peers peers = GlooPeers.join("127.0.0.1", port, rank, 2, Duration.ofMinutes(2), Device.CPU)) {
                return OneStep.of(name, model, data, options(1, 1, false), peers);
            }
        })).toList();
        threads.shutdown();
        return List.of(both.get(0).get(), both.get(1).get());
    }

    /**
     * @param rounding how far the doubled batch may be off: its kernels add up in another order, and the deeper the networks,
     *                 and the more of them in a row, the more is made of a last digit
     */
    @ParameterizedTest
    @CsvSource({"PAINTER, 1e-3", "MOTION_EXTRACTOR, 1e-6", "AUTOENCODER, 1e-3", "STAGE1, 1e-3", "STAGE2, 1e-2", "STAGE3, 1e-2"})
    void aStepIsTheSameHoweverItIsDivided(StageName name, double rounding) throws Exception {
        OneStep passes = alone(name, 1, 2, false);

        for (OneStep shared : ofTwoProcesses(name)) {
            assertEquals(passes.loss(), shared.loss(), SAME, "the loss of two processes");
            assertEquals(0, passes.apart(shared), SAME, "two processes");
        }
        OneStep again = alone(name, 1, 2, true);
        assertEquals(passes.loss(), again.loss(), "the loss, recomputed");
        assertEquals(0, passes.apart(again), SAME, "recomputed");
        OneStep doubled = alone(name, 2, 1, false);
        assertEquals(passes.loss(), doubled.loss(), 1e-5 * passes.loss(), "the loss of the doubled batch");
        assertEquals(0, passes.apart(doubled), rounding, "the doubled batch");
    }
}
