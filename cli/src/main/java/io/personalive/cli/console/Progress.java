package io.personalive.cli.console;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * How far a long task has come, with its rate and the time left: a bar where a person watches a terminal, a plain
 * line every few seconds otherwise. Any thread may {@link #advance} it.
 */
public final class Progress implements AutoCloseable {
    /** What is counted. */
    public enum Unit {
        FRAMES, BYTES, STEPS;

        /** @return an amount for people, such as {@code 1.5 GB} or {@code 120 frames} */
        public String format(double amount) {
            if (this != BYTES) {
                return String.format(Locale.ROOT, amount == Math.rint(amount) ? "%.0f %s" : "%.2f %s", amount, name().toLowerCase(Locale.ROOT));
            }
            String[] names = {"B", "kB", "MB", "GB", "TB"};
            int power = 0;
            double scaled = amount;
            while (scaled >= 1000 && power < names.length - 1) {
                scaled /= 1000;
                power++;
            }
            return String.format(Locale.ROOT, power == 0 ? "%.0f %s" : "%.1f %s", scaled, names[power]);
        }
    }

    /** Where the state of a task is shown. */
    interface Display extends AutoCloseable {
        /** @param done what is done by now, in the task's unit */
        void show(long done);

        /** @param note what more there is to say, shown with the state */
        void note(String note);

        @Override
        void close();
    }

    private final AtomicLong done;
    private final Display display;

    Progress(Display display, long alreadyDone) {
        this.display = display;
        this.done = new AtomicLong(alreadyDone);
    }

    /**
     * @param task  what is being done, such as {@code animating}
     * @param total in {@code unit}; 0 or less where it isn't known
     */
    public static Progress of(String task, Unit unit, long total) {
        return of(task, unit, total, 0);
    }

    /** @param alreadyDone of the total, what an earlier run did: counts as done, but not for the rate */
    public static Progress of(String task, Unit unit, long total, long alreadyDone) {
        Display display = Terminal.isWatched()
                ? new ProgressBarDisplay(task, unit, total, alreadyDone)
                : new ProgressLines(task, unit, total, alreadyDone, Duration.ofSeconds(5), System::nanoTime,
                        LoggerFactory.getLogger(Progress.class)::info);
        return new Progress(display, alreadyDone);
    }

    /** @param amount done since the last call, in the task's unit; negative takes back what has to be done again */
    public void advance(long amount) {
        display.show(done.addAndGet(amount));
    }

    /** @param note what more there is to say, such as a loss; shown with the state from then on */
    public void note(String note) {
        display.note(note);
    }

    /** What is done by now, in the task's unit. */
    public long done() {
        return done.get();
    }

    /** Shows the last state and gives the terminal back. */
    @Override
    public void close() {
        display.close();
    }
}
