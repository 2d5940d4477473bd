package io.personalive.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnTest {
    private final int usual = ComputeThreads.count();
    private final ExecutorService others = Executors.newCachedThreadPool();

    @BeforeEach
    void chooseTwoThreads() {
        ComputeThreads.choose(2);
    }

    @AfterEach
    void chooseTheUsual() {
        ComputeThreads.choose(usual);
        others.shutdownNow();
    }

    @Test
    void asManySmallTurnsAsThreadsGoOnTogether() throws Exception {
        try (Turn own = Turn.ofOneThread(Device.CPU)) {
            CountDownLatch second = takenBeside(() -> Turn.ofOneThread(Device.CPU));
            assertTrue(second.await(20, TimeUnit.SECONDS), "a second one goes on beside it");
        }
        try (Turn own = Turn.ofOneThread(Device.CPU)) {
            assertFalse(takenBeside(() -> Turn.on(Device.CPU)).await(100, TimeUnit.MILLISECONDS), "all threads are not free");
        }
    }

    @Test
    void aWholeTurnLeavesNothing() throws Exception {
        CountDownLatch taken;
        try (Turn own = Turn.on(Device.CPU)) {
            taken = takenBeside(() -> Turn.ofOneThread(Device.CPU));
            assertFalse(taken.await(100, TimeUnit.MILLISECONDS));
        }
        assertTrue(taken.await(20, TimeUnit.SECONDS));
    }

    @Test
    void aTurnInsideAnotherTakesNoMore() {
        try (Turn outer = Turn.ofOneThread(Device.CPU)) {
            try (Turn inner = Turn.on(Device.CPU)) {
                assertEquals(1, torch.get_num_threads());
            }
            assertEquals(1, torch.get_num_threads());
        }
        try (Turn outer = Turn.on(Device.CPU)) {
            try (Turn inner = Turn.ofOneThread(Device.CPU)) {
                assertEquals(1, torch.get_num_threads());
            }
            assertEquals(2, torch.get_num_threads());
        }
        assertEquals(2, torch.get_num_threads());
    }

    private CountDownLatch takenBeside(Supplier<Turn> turn) {
        CountDownLatch taken = new CountDownLatch(1);
        others.execute(() -> {
            try (Turn other = turn.get()) {
                taken.countDown();
            }
        });
        return taken;
    }
}
