package io.personalive.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final long GIGABYTE = 1L << 30;

    private static SessionLimits limits(int most, double leastFramesPerSecond) {
        return new SessionLimits(most, leastFramesPerSecond, Duration.ofSeconds(60), Duration.ZERO, 4);
    }

    @Test
    void theTightestOfSpeedMemoryAndWishHolds() {
        assertEquals(3, Capacity.of(new Warmup(32, GIGABYTE), 100 * GIGABYTE, limits(8, 10)).sessions(), "speed");
        assertEquals(4, Capacity.of(new Warmup(320, 2 * GIGABYTE), 7 * GIGABYTE, limits(8, 10)).sessions(), "memory");
        assertEquals(8, Capacity.of(new Warmup(320, GIGABYTE), 100 * GIGABYTE, limits(8, 10)).sessions(), "wish");
        assertEquals(8, Capacity.of(new Warmup(0.1, 0), 0, limits(8, 0)).sessions(), "nothing known or asked for");
    }

    @Test
    void theFirstIsAlwaysLetIn() {
        Capacity slow = Capacity.of(new Warmup(0.1, 20 * GIGABYTE), 0, limits(8, 10));
        assertEquals(1, slow.free(0, DoubleStream.empty()));
        assertEquals(0, slow.free(1, DoubleStream.of(0.1)));
    }

    @Test
    void nobodyIsLetInWhereThoseWhoAreInWouldGetTooLittle() {
        Capacity capacity = Capacity.of(new Warmup(100, 0), 0, limits(8, 10));
        assertEquals(6, capacity.free(2, DoubleStream.of(40, 38)));
        assertEquals(0, capacity.free(2, DoubleStream.of(40, 14)), "another program takes the device: 14 would become 9.3");
        assertEquals(6, capacity.free(2, DoubleStream.empty()), "nothing measured yet");
    }
}
