package io.personalive.training.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Makes batches on threads of its own, some ahead of the trainer. What a batch holds follows from the seed and its
 * position alone, whatever the number of threads, so that a run can go on from any position. One thread takes batches.
 */
public final class Loader implements AutoCloseable {
    /**
     * @param split      train, val or test
     * @param batch      samples of a batch
     * @param frames     driving frames of a sample: 1 for pairs, more for windows
     * @param stillShare of pairs made from stills, 0 to 1
     * @param threads    that decode and augment
     */
    public record Options(String split, int batch, int frames, double stillShare, Augmentation augmentation, long seed, int threads) {
        public Options {
            if (batch < 1 || frames < 1 || threads < 1 || !(stillShare >= 0 && stillShare <= 1)) {
                throw new IllegalArgumentException("a loader needs at least one sample, frame and thread and a share of stills from 0 to 1, not "
                        + batch + ", " + frames + ", " + threads + " and " + stillShare);
            }
        }
    }

    /** A still's driving frame differs from its portrait by this alone. */
    private static final Augmentation STILL = new Augmentation(0, 20, 0.2, 0.1, 0, 0);

    private final PackedDataset data;
    private final Options options;
    private final Draw draw;
    private final ExecutorService threads;
    private final Queue<Future<Batch>> ahead = new ArrayDeque<>();
    private final long started = System.nanoTime();
    private final int stride;
    private long next;
    private long waited;

    /**
     * @param data     stays open as long as the loader
     * @param position of the first batch to give out
     */
    public Loader(PackedDataset data, Options options, long position) throws IOException {
        this(data, options, position, 1);
    }

    /** @param stride from one batch to the next: how many processes share the data */
    public Loader(PackedDataset data, Options options, long position, int stride) throws IOException {
        this.data = data;
        this.stride = stride;
        this.options = options;
        this.next = position;
        draw = new Draw(data, options.split, options.frames, options.stillShare);
        threads = Executors.newFixedThreadPool(options.threads, task -> {
            Thread thread = new Thread(task, "training data");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < 2 * options.threads; i++) {
            order();
        }
    }

    private void order() {
        long position = next;
        next += stride;
        ahead.add(threads.submit(() -> make(position)));
    }

    /**
     * @return the next batch, the caller's to keep
     * @throws IOException if the packed pictures can't be read
     */
    public Batch take() throws IOException, InterruptedException {
        long before = System.nanoTime();
        try {
            Batch batch = ahead.remove().get();
            order();
            return batch;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("a batch can't be made: " + e.getCause().getMessage(), e.getCause());
        } finally {
            waited += System.nanoTime() - before;
        }
    }

    /** The part of the time since the start that was spent waiting for batches, 0 to 1. */
    public double waitingShare() {
        return (double) waited / Math.max(1, System.nanoTime() - started);
    }

    private Batch make(long position) throws IOException {
        Batch batch = Batch.empty(position, options.batch, 1 + options.frames, data.side());
        for (int sample = 0; sample < options.batch; sample++) {
            // the constant spreads neighbouring positions over the generator's states
            SplittableRandom random = new SplittableRandom(options.seed ^ (position * options.batch + sample) * 0x9E3779B97F4A7C15L);
            int[] rows = draw.rows(random);
            Augmentation.Drawn driving = options.augmentation.draw(random, data.side());
            Augmentation.Drawn portrait = new Augmentation.Drawn(driving.mirrored(), Similarity.NONE, 1, 0, 0);
            if (draw.isStill(rows)) {
                batch.stills()[sample] = 1;
                driving = new Augmentation.Drawn(driving.mirrored(), STILL.draw(random, data.side()).place(),
                        driving.contrast(), driving.brightness(), driving.blur());
            }
            for (int i = 0; i < rows.length; i++) {
                put(batch, sample * rows.length + i, rows[i], i == 0 ? portrait : driving);
            }
        }
        return batch;
    }

    private void put(Batch batch, int at, int row, Augmentation.Drawn change) throws IOException {
        byte[] jpeg = data.jpeg(row);
        try (BytePointer bytes = new BytePointer(jpeg); Mat encoded = new Mat(1, jpeg.length, CV_8UC1, bytes);
                Mat picture = opencv_imgcodecs.imdecode(encoded, IMREAD_COLOR)) {
            if (picture.empty()) {
                throw new IOException("picture " + row + " of the packed data is damaged: remove the folder and prepare it again");
            }
            Augmentation.apply(change, picture);
            byte[] bgr = new byte[3 * data.side() * data.side()];
            picture.data().get(bgr);
            long original = change.mirrorsAtMost() ? 2L * row + (change.mirrored() ? 1 : 0) : -1;
            batch.put(at, bgr, Augmentation.apply(change, data.labels(row), data.side()), original);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            // a picture that is being decoded must not outlive the packed data
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
