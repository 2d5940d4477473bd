package io.personalive.cli.console;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Progress for a log file: one line every few seconds, and one at the end. */
final class ProgressLines implements Progress.Display {
    private final String task;
    private final Progress.Unit unit;
    private final long total;
    private final long alreadyDone;
    private final long interval;
    private final LongSupplier clock;
    private final Consumer<String> log;
    private final long started;
    private long lastShown;
    private long done;
    private String note = "";

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    ProgressLines(String task, Progress.Unit unit, long total, long alreadyDone, Duration interval, LongSupplier clock,
            Consumer<String> log) {
        this.task = task;
        this.unit = unit;
        this.total = total;
        this.alreadyDone = alreadyDone;
        this.interval = interval.toNanos();
        this.clock = clock;
        this.log = log;
        this.started = clock.getAsLong();
        this.lastShown = started;
        this.done = alreadyDone;
    }

    @Override
    public synchronized void show(long doneNow) {
        done = doneNow;
        long now = clock.getAsLong();
        if (now - lastShown >= interval) {
            lastShown = now;
            log.accept(line(now));
        }
    }

    @Override
    public synchronized void note(String text) {
        note = text;
    }

    @Override
    public synchronized void close() {
        log.accept(line(clock.getAsLong()));
    }

    private String line(long now) {
        double rate = (done - alreadyDone) / Math.max((now - started) / 1e9, 1e-3);
        StringBuilder line = new StringBuilder(task).append(": ").append(unit.format(done));
        if (total > 0) {
            line.append(" of ").append(unit.format(total)).append(String.format(Locale.ROOT, " (%d %%)", done * 100 / total));
        }
        if (rate > 0) {
            line.append(", ").append(unit.format(rate)).append("/s");
            if (total > done) {
                line.append(", ").append(time((long) Math.ceil((total - done) / rate))).append(" left");
            }
        }
        return line.append(note.isEmpty() ? "" : ", " + note).toString();
    }

    /** @return seconds as {@code 42 s}, {@code 3:07 min} or {@code 1:02:03 h} */
    private static String time(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600 ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d h", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
