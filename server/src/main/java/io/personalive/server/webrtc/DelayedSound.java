package io.personalive.server.webrtc;

import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * A driver's sound on its way to those who watch: each piece is held for as long as the pictures are, so that lips and
 * voice belong together.
 */
final class DelayedSound implements AudioTrackSink, AutoCloseable {
    /** Pieces of 10 ms: more than the pictures ever lag. Older ones make room. */
    private static final int MOST_PIECES = 1000;
    /** What part of a change of the delay comes about with a piece: a second's change is heard as a slight drag. */
    private static final double EASE = 0.02;

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>(MOST_PIECES);
    private final List<AudioTrackSink> listeners = new CopyOnWriteArrayList<>();
    private final DoubleSupplier delayMilliseconds;
    private final Thread thread = new Thread(this::play, "sound");
    private volatile boolean closed;

    private record Piece(long arrived, byte[] samples, int bits, int rate, int channels, int frames) {}

    /** @param delayMilliseconds of the pictures at present */
    DelayedSound(DoubleSupplier delayMilliseconds) {
        this.delayMilliseconds = delayMilliseconds;
        thread.setDaemon(true);
        thread.start();
    }

    /** Called by the library for each piece; never waits. */
    @Override
    public void onData(byte[] samples, int bits, int rate, int channels, int frames) {
        Piece piece = new Piece(System.nanoTime(), samples.clone(), bits, rate, channels, frames);
        while (!closed && !pieces.offer(piece)) {
            pieces.poll();
        }
    }

    void add(AudioTrackSink listener) {
        listeners.add(listener);
    }

    void remove(AudioTrackSink listener) {
        listeners.remove(listener);
    }

    private void play() {
        double delay = 0;
        while (!closed) {
            try {
                Piece piece = pieces.take();
                double wanted = delayMilliseconds.getAsDouble() * 1e6;
                delay = delay == 0 ? wanted : delay + EASE * (wanted - delay);
                long due = piece.arrived() + Math.round(delay);
                for (long left = due - System.nanoTime(); left > 0 && !closed; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                listeners.forEach(listener -> listener.onData(piece.samples(), piece.bits(), piece.rate(), piece.channels(), piece.frames()));
            } catch (InterruptedException ending) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
