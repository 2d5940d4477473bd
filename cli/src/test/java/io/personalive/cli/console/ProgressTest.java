package io.personalive.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final List<String> lines = new ArrayList<>();
    private long seconds;

    private Progress progress(Progress.Unit unit, long total, long alreadyDone) {
        return new Progress(new ProgressLines("animating", unit, total, alreadyDone, Duration.ofSeconds(5),
                () -> seconds * 1_000_000_000L, lines::add), alreadyDone);
    }

    @Test
    void aLogGetsALineEveryFewSecondsAndOneAtTheEnd() {
        try (Progress progress = progress(Progress.Unit.FRAMES, 1000, 0)) {
            for (seconds = 1; seconds <= 12; seconds++) {
                progress.advance(10);
            }
            assertEquals(120, progress.done());
        }
        assertEquals(List.of(
                "animating: 50 frames of 1000 frames (5 %), 10 frames/s, 1:35 min left",
                "animating: 100 frames of 1000 frames (10 %), 10 frames/s, 1:30 min left",
                "animating: 120 frames of 1000 frames (12 %), 9.23 frames/s, 1:36 min left"), lines);
    }

    @Test
    void whatWasThereBeforeDoesNotCountForTheRate() {
        try (Progress progress = progress(Progress.Unit.BYTES, 4_000_000_000L, 3_000_000_000L)) {
            seconds = 10;
            progress.advance(100_000_000);
        }
        assertEquals("animating: 3.1 GB of 4.0 GB (77 %), 10.0 MB/s, 1:30 min left", lines.get(0));
    }

    @Test
    void anUnknownTotalHasNoTimeLeft() {
        try (Progress progress = progress(Progress.Unit.FRAMES, -1, 0)) {
            seconds = 8;
            progress.advance(4);
        }
        assertEquals("animating: 4 frames, 0.50 frames/s", lines.get(0));
    }
}
