package io.personalive.cli.bench;

import io.personalive.torch.Device;
import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import java.util.ArrayList;
import java.util.List;

/** Runs a computation repeatedly and times it. */
final class Stopwatch {
    private final Device device;
    private final int warmUps, repeats;
    private final double secondsEach;

    /**
     * @param warmUps     runs before the first that counts
     * @param repeats     runs that count
     * @param secondsEach after this long no further run of a computation is begun, so long as one has counted
     */
    Stopwatch(Device device, int warmUps, int repeats, double secondsEach) {
        this.device = device;
        this.warmUps = warmUps;
        this.repeats = repeats;
        this.secondsEach = secondsEach;
    }

    /** @param computation frees what it makes, but for what it leaves in the scope it is run in */
    Timing time(String name, Runnable computation) {
        long begun = System.nanoTime();
        for (int i = 0; i < warmUps; i++) {
            run(computation);
        }
        List<Double> milliseconds = new ArrayList<>();
        long operations = FlopCounter.total();
        do {
            milliseconds.add(run(computation));
        } while (milliseconds.size() < repeats && System.nanoTime() - begun < secondsEach * 1e9);
        return new Timing(name, milliseconds, (FlopCounter.total() - operations) / 1e9 / milliseconds.size());
    }

    private double run(Runnable computation) {
        try (Scope scope = new Scope()) {
            long start = System.nanoTime();
            computation.run();
            device.synchronize();
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
