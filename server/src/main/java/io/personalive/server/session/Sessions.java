package io.personalive.server.session;

import io.personalive.live.Crop;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sessions of a server: lets people in as far as the machine carries them, keeps those in line who have to wait, ends
 * sessions that nobody drives any more, and frees what ended.
 */
public final class Sessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    /** Who was told to wait and doesn't ask again for so long has left the line. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SessionLimits limits;
    private final Crop crop;
    private final SessionSettings first;
    private final boolean badge;
    private final SessionStatistics statistics;
    private final Map<String, Session> running = new ConcurrentHashMap<>();
    private final WaitingLine line = new WaitingLine(PATIENCE, System::nanoTime);
    private final ExecutorService freeing = Executors.newCachedThreadPool(task -> daemon(task, "session-free"));
    private final ScheduledExecutorService watching =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "session-watch"));
    private volatile LiveModel model;
    private volatile boolean stopping;
    private Capacity capacity;
    /** Sessions that hold memory: those that begin, run, or are being freed. */
    private int held;

    /**
     * Without a model yet: see {@link #open}.
     *
     * @param crop  how portraits and drivers are framed
     * @param first settings that sessions begin with
     * @param badge whether all frames carry the badge, whatever a session wants
     */
    public Sessions(SessionLimits limits, Crop crop, SessionSettings first, boolean badge, SessionStatistics statistics) {
        this.limits = limits;
        this.crop = crop;
        this.first = first;
        this.badge = badge;
        this.statistics = statistics;
        long every = Math.max(10, Math.min(1000, limits.idle().toMillis() / 4));
        watching.scheduleWithFixedDelay(this::endIdle, every, every, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs a model once, to warm it and to measure it, then lets people in. @param model stays the caller's to close, after this */
    public void open(LiveModel model) {
        Warmup measured = Warmup.of(model);
        synchronized (this) {
            capacity = Capacity.of(measured, ProcessMemory.available(), limits);
            this.model = model;
        }
        LOG.atInfo().addKeyValue("model", model.name()).addKeyValue("device", model.device())
                .addKeyValue("framesPerSecond", Math.round(measured.framesPerSecond() * 10) / 10.0)
                .addKeyValue("sessionMegabytes", measured.sessionBytes() >> 20).addKeyValue("sessions", capacity.sessions())
                .log("ready");
    }

    /** Whether people are let in: the model is warm, and the server isn't being stopped. */
    public boolean isOpen() {
        return model != null && !stopping;
    }

    /** What animates; empty while it is loaded. */
    public Optional<LiveModel> model() {
        return Optional.ofNullable(model);
    }

    /** How portraits and drivers are framed. */
    public Crop crop() {
        return crop;
    }

    /**
     * Begins one.
     *
     * @param portrait asked only if there is room for a session
     * @param ticket   of who has asked before and was told to wait; null for others
     * @throws FullException where there is no room at present
     * @throws NotOpenException while the model is loaded, and once the server is being stopped
     */
    public Session begin(Supplier<FramedPortrait> portrait, SessionSettings.Change change, String ticket) {
        SessionSettings settings = first.with(change);
        admit(ticket);
        try {
            Session session = new Session(model, portrait.get(), crop, settings, limits, badge, statistics, this::free);
            running.put(session.id(), session);
            LOG.atInfo().addKeyValue("session", session.id()).addKeyValue("running", running.size()).log("session begins");
            if (stopping) {
                session.end(SessionEnd.STOPPING);
            }
            return session;
        } catch (RuntimeException | Error failed) {
            release();
            throw failed;
        }
    }

    private synchronized void admit(String ticket) {
        if (!isOpen()) {
            throw new NotOpenException(stopping ? "the server is being stopped" : "the model is being loaded");
        }
        int free = capacity.free(held, running.values().stream().mapToDouble(session -> session.counters().framesPerSecond())
                .filter(rate -> rate > 0));
        int before = line.before(ticket);
        if (before >= free) {
            statistics.refused();
            String kept = line.keep(ticket);
            int position = kept == null ? 0 : before + 1;
            throw new FullException("all " + held + (held == 1 ? " session is" : " sessions are") + " taken that this machine carries"
                    + (kept == null ? "" : "; you are number " + position + " in line"), kept, position);
        }
        line.leave(ticket);
        held++;
    }

    private synchronized void release() {
        held--;
        notifyAll();
    }

    private void free(Session session) {
        running.remove(session.id());
        freeing.execute(() -> {
            try {
                session.free();
            } finally {
                release();
            }
        });
    }

    private void endIdle() {
        long now = System.nanoTime();
        running.values().stream().filter(session -> now - session.lastDriven() > limits.idle().toNanos())
                .forEach(session -> session.end(SessionEnd.IDLE));
    }

    public Optional<Session> find(String id) {
        return Optional.ofNullable(running.get(id));
    }

    public Collection<Session> all() {
        return List.copyOf(running.values());
    }

    /** How many may run at a time at most; 0 while that isn't known. */
    public synchronized int most() {
        return capacity == null ? 0 : capacity.sessions();
    }

    /** How many wait in line. */
    public synchronized int waiting() {
        return line.length();
    }

    /** Sessions that hold memory, those included that begin or are being freed. */
    public synchronized int held() {
        return held;
    }

    /** Lets nobody in any more, and waits until those who are in have left, or the time for that is over. */
    public void drain() {
        stopping = true;
        awaitFreed(limits.drain());
    }

    /** @return whether all were freed in time */
    private synchronized boolean awaitFreed(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try {
            for (long left = most.toMillis(); held > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return held == 0;
    }

    /** Ends all sessions and waits until they are freed: the model may be closed then. */
    @Override
    public void close() {
        stopping = true;
        watching.shutdownNow();
        all().forEach(session -> session.end(SessionEnd.STOPPING));
        while (!awaitFreed(Duration.ofMinutes(1)) && !Thread.currentThread().isInterrupted()) {
            LOG.info("waiting for the step that is being computed");
        }
        freeing.shutdown();
    }
}
