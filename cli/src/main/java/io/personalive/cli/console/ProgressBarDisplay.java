package io.personalive.cli.console;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress for a person at a terminal: one bar, drawn over itself. */
final class ProgressBarDisplay implements Progress.Display {
    private final ProgressBar bar;

    ProgressBarDisplay(String task, Progress.Unit unit, long total, long alreadyDone) {
        boolean bytes = unit == Progress.Unit.BYTES;
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total > 0 ? total : -1)
                .startsFrom(alreadyDone, Duration.ZERO)
                .setUnit(bytes ? " MB" : " " + unit.name().toLowerCase(Locale.ROOT), bytes ? 1_000_000 : 1)
                .showSpeed(new DecimalFormat(bytes ? "0.0" : "0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setSpeedUnit(ChronoUnit.SECONDS)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .setConsumer(new ErrorStream())
                .build();
    }

    @Override
    public void show(long done) {
        bar.stepTo(done);
    }

    @Override
    public void note(String note) {
        bar.setExtraMessage(note);
    }

    @Override
    public void close() {
        bar.close();
    }

    /** Draws on the error stream: standard output belongs to the verb's result. */
    private static final class ErrorStream implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return Terminal.columns() - 1;
        }

        @Override
        public void accept(String bar) {
            System.err.print('\r' + bar);
            System.err.flush();
        }

        @Override
        public void close() {
            System.err.println();
        }
    }
}
