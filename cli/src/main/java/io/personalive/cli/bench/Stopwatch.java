package io.personalive.cli.bench;

import io.personalive.torch.Device;
import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        return alternately(Map.of(name, computation)).get(0);
    }

    /**
     * Times computations that are to be compared in turn, so that whatever else the machine does meets them alike.
     *
     * @param computations by name; the time limit is that of all together
     * @return their timings in the map's order
     */
    List<Timing> alternately(Map<String, Runnable> computations) {
        long begun = System.nanoTime();
        for (int i = 0; i < warmUps; i++) {
            computations.values().forEach(this::run);
        }
        Map<String, List<Double>> milliseconds = new LinkedHashMap<>();
        Map<String, Long> operations = new LinkedHashMap<>();
        int runs = 0;
        do {
            computations.forEach((name, computation) -> {
                long before = FlopCounter.total();
                milliseconds.computeIfAbsent(name, first -> new ArrayList<>()).add(run(computation));
                operations.merge(name, FlopCounter.total() - before, Long::sum);
            });
            runs++;
        } while (runs < repeats && System.nanoTime() - begun < secondsEach * 1e9);
        double counted = runs;
        return milliseconds.entrySet().stream()
                .map(each -> new Timing(each.getKey(), each.getValue(), operations.get(each.getKey()) / 1e9 / counted)).toList();
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
