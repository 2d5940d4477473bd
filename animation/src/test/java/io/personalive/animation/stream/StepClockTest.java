package io.personalive.animation.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.schedule.WindowShape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StepClockTest {
    private static final long WORK = 20;

    /** A card works on after the call that gave it the work has returned: its time belongs to that part. */
    @Test
    void aPartLastsUntilItsWorkIsDone() {
        StepClock clock = new StepClock(() -> {
            long done = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WORK);
            while (System.nanoTime() < done) {
                Thread.onSpinWait();
            }
        });

        clock.lap("unet");
        clock.resume();
        clock.lap("decode");
        clock.lap("decode");

        Map<String, Double> parts = clock.parts();
        assertEquals(List.of("unet", "decode"), List.copyOf(parts.keySet()));
        assertTrue(parts.get("unet") >= WORK && parts.get("decode") >= 2 * WORK, parts.toString());
    }

    /** Decoded in another thread, or late, a micro-chunk changes no other's times. */
    @Test
    void eachMicroChunkHasTimesOfItsOwn() {
        AnimationModel model = Micro.load();
        Portrait portrait = model.portrait(Micro.picture(1));
        try (AnimationStream stream = new AnimationStream(model.networks(), portrait, new WindowShape(1, List.of(0, 333)), StreamOptions.seeded(7));
                Chunk first = stream.push(Motions.random(1, 1))) {
            Map<String, Double> before = first.times();
            try (Chunk second = stream.push(Motions.random(2, 1))) {
                assertEquals(before, first.times());
                second.frames();
                assertEquals(List.of("motion", "unet", "keyframe", "decode"), List.copyOf(second.times().keySet()));
                assertEquals(List.of("motion", "unet", "keyframe"), List.copyOf(first.times().keySet()));
            }
        } finally {
            Micro.close(model, portrait);
        }
    }
}
