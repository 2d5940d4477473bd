package io.personalive.server.session;

import io.personalive.live.AnimatedFrame;
import io.personalive.live.Avatar;
import io.personalive.live.Crop;
import io.personalive.live.FrameSink;
import io.personalive.live.LiveCounters;
import io.personalive.live.LiveSession;
import io.personalive.media.image.Mirror;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One person's portrait being animated: takes driving pictures from one {@link Driver} at a time and hands finished
 * frames to any number of viewers. Any thread may call it.
 */
public final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final String id = Secret.ofBytes(16);
    private final String token = Secret.ofBytes(32);
    private final LiveModel model;
    private final SessionLimits limits;
    private final boolean badge;
    private final SessionStatistics statistics;
    private final Consumer<Session> freeing;
    private final LiveSession live;
    private final Viewers viewers = new Viewers();
    private final JpegFrames jpegs = new JpegFrames();
    private final AtomicReference<Driver> driver = new AtomicReference<>();
    private final List<Consumer<SessionEnd>> endListeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<SessionEnd> end = new AtomicReference<>();
    private LiveCounters counted = new LiveCounters(0, 0, 0, 0, 0);
    private volatile SessionSettings settings;
    private volatile boolean portraitHasFace;
    private volatile long lastDriven = System.nanoTime();

    /**
     * @param badge   whether frames carry the badge whatever the settings say
     * @param freeing called once when it ends, to have {@link #free} called by a thread that may wait
     */
    Session(LiveModel model, FramedPortrait portrait, Crop crop, SessionSettings settings, SessionLimits limits,
            boolean badge, SessionStatistics statistics, Consumer<Session> freeing) {
        this.model = model;
        this.limits = limits;
        this.badge = badge;
        this.statistics = statistics;
        this.freeing = freeing;
        this.settings = settings;
        this.portraitHasFace = portrait.face();
        live = new LiveSession(this::avatar, portrait.picture(), model.frameSize(), crop, settings.live(), this::deliver);
    }

    private Avatar avatar(BufferedImage picture) {
        long begun = System.nanoTime();
        Avatar avatar = model.avatar(picture);
        statistics.took(SessionStatistics.Stage.PORTRAIT, System.nanoTime() - begun);
        return statistics.timed(avatar);
    }

    /** Names it in addresses; can't be guessed. */
    public String id() {
        return id;
    }

    /** Whoever has this may use the session. */
    public String token() {
        return token;
    }

    private void deliver(AnimatedFrame frame) {
        viewers.accept(badge || settings.badge() ? Badge.on(frame) : frame);
        statistics.delivered((System.nanoTime() - frame.driving().arrived()) / 1e9);
    }

    /** Begins to drive it. @param replaced run once another takes the place */
    public Driver driver(Runnable replaced) {
        Driver newcomer = new Driver(this, replaced);
        Driver before = driver.getAndSet(newcomer);
        if (before != null) {
            before.replace();
        }
        return newcomer;
    }

    boolean isDrivenBy(Driver other) {
        return driver.get() == other && end.get() == null;
    }

    void leave(Driver other) {
        driver.compareAndSet(other, null);
    }

    boolean drive(long nanoseconds, BufferedImage picture) {
        lastDriven = System.nanoTime();
        try {
            boolean wanted = live.push(settings.mirror() ? Mirror.of(picture) : picture, nanoseconds);
            count(live.counters());
            return wanted;
        } catch (RuntimeException | Error failed) {
            LOG.atError().addKeyValue("session", id).setCause(failed).log("the session failed");
            end(SessionEnd.FAILED);
            return false;
        }
    }

    private synchronized void count(LiveCounters now) {
        statistics.driven(now.framesIn() - counted.framesIn(), now.framesDropped() - counted.framesDropped());
        counted = now;
    }

    /**
     * Begins to watch. Frames come from one thread of the session's: a viewer that is slow leaves frames out, and never
     * makes that thread wait.
     *
     * @return false if too many watch already
     */
    public boolean watch(FrameSink viewer) {
        return end.get() == null && viewers.add(viewer, limits.mostViewers());
    }

    /** Ends watching. */
    public void unwatch(FrameSink viewer) {
        viewers.remove(viewer);
    }

    /** A frame as JPEG with the AI mark, in the session's quality. For viewers, in the thread that hands frames to them. */
    public byte[] jpeg(AnimatedFrame frame) {
        return jpegs.of(frame, settings.quality());
    }

    /** Goes on with another portrait, which the calling thread encodes; if that fails, the old one stays. */
    public void portrait(FramedPortrait portrait) {
        live.portrait(portrait.picture());
        portraitHasFace = portrait.face();
    }

    public SessionSettings settings() {
        return settings;
    }

    /** @throws IllegalArgumentException naming the value that can't be; all then stay as they are */
    public synchronized void change(SessionSettings.Change change) {
        settings = settings.with(change);
        live.settings(settings.live());
    }

    /** The driver's head as it is now counts as its place of rest. */
    public void neutral() {
        live.beginAtRest();
    }

    public SessionStatus status() {
        LiveCounters counters = live.counters();
        String state = end.get() != null ? "ended" : driver.get() == null ? "waiting" : "running";
        return new SessionStatus(id, state, model.name(), model.device(), model.frameSize(), portraitHasFace, live.seesFace(),
                counters.framesIn(), counters.framesDropped(), counters.framesOut(), counters.latencyMilliseconds(),
                counters.framesPerSecond(), viewers.count(), settings);
    }

    LiveCounters counters() {
        return live.counters();
    }

    /** On the clock of {@link System#nanoTime}. */
    long lastDriven() {
        return lastDriven;
    }

    /** Whoever carries frames to or from it hears of its end, once; at once if it has ended. */
    public void onEnd(Consumer<SessionEnd> listener) {
        endListeners.add(listener);
        SessionEnd ended = end.get();
        if (ended != null && endListeners.remove(listener)) {
            listener.accept(ended);
        }
    }

    /** No longer told of the end. */
    public void offEnd(Consumer<SessionEnd> listener) {
        endListeners.remove(listener);
    }

    /** Ends it: nothing is taken any more; what it holds is freed by who made it. Only the first reason counts. */
    public void end(SessionEnd reason) {
        if (end.compareAndSet(null, reason)) {
            for (Consumer<SessionEnd> listener : endListeners) {
                if (endListeners.remove(listener)) {
                    listener.accept(reason);
                }
            }
            LiveCounters counters = live.counters();
            statistics.ended(reason);
            LOG.atInfo().addKeyValue("session", id).addKeyValue("reason", reason.code()).addKeyValue("framesIn", counters.framesIn())
                    .addKeyValue("framesOut", counters.framesOut()).addKeyValue("framesDropped", counters.framesDropped())
                    .log("session ended");
            freeing.accept(this);
        }
    }

    /** Frees what it holds, after the step that is being computed. */
    void free() {
        live.close();
    }
}
