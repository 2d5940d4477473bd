package io.personalive.torch.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GlooPeersTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private int port;

    @BeforeEach
    void findAPort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void end() throws Exception {
        threads.shutdown();
        assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
    }

    private GlooPeers join(int rank) throws PeerLostException {
        return GlooPeers.join("127.0.0.1", port, rank, 2, Duration.ofSeconds(40), Device.CPU);
    }

    /** What a process does that computes a mean {@code times}. */
    private float[] mean(int rank, int times) throws Exception {
        try (Scope scope = new Scope(); GlooPeers peers = join(rank)) {
            assertEquals(rank, peers.rank());
            Tensor values = Tensors.of(new float[] {rank, 10 + 4 * rank, -1}, 3);
            for (int i = 0; i < times; i++) {
                peers.mean(values);
            }
            return Tensors.floats(values);
        }
    }

    @Test
    void eachGetsTheMeanOfAll() throws Exception {
        Future<float[]> first = threads.submit(() -> mean(0, 1)), second = threads.submit(() -> mean(1, 1));
        assertArrayEquals(new float[] {0.5f, 12, -1}, first.get());
        assertArrayEquals(new float[] {0.5f, 12, -1}, second.get());
    }

    @Test
    void whoWaitsForOneThatEndedIsTold() throws Exception {
        Future<float[]> waits = threads.submit(() -> mean(0, 2)), ends = threads.submit(() -> mean(1, 1));
        ends.get();
        Throwable told = assertThrows(ExecutionException.class, waits::get).getCause();
        assertInstanceOf(PeerLostException.class, told);
        assertTrue(told.getMessage().contains("--resume"), told.getMessage());
        assertFalse(told.getMessage().contains(".cc:"), told.getMessage());
    }
}
