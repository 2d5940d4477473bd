package io.personalive.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.personalive.server.session.ProcessMemory;
import io.personalive.server.session.SessionEnd;
import io.personalive.server.session.SessionStatistics;
import io.personalive.server.session.Sessions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Counts what goes on in all sessions, and tells it as Prometheus asks for it. */
public final class ServerMetrics implements SessionStatistics, AutoCloseable {
    private static final Duration[] LATENCIES = {Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100),
        Duration.ofMillis(200), Duration.ofMillis(350), Duration.ofMillis(500), Duration.ofMillis(750), Duration.ofSeconds(1),
        Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(120)};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer latency = Timer.builder("personalive.frame.latency")
            .description("From a driving frame's arrival to its answer's delivery")
            .serviceLevelObjectives(LATENCIES).register(registry);
    private final Counter framesOut = counter("personalive.frames.out", "Finished frames");
    private final Counter framesIn = counter("personalive.frames.in", "Driving frames that came to be used");
    private final Counter framesDropped = counter("personalive.frames.dropped",
            "Of these, frames that were left out because more came than could be computed");
    private final Counter refused = counter("personalive.sessions.refused", "Times that somebody was told that all is taken");
    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    private final Map<SessionEnd, Counter> ends = new EnumMap<>(SessionEnd.class);

    public ServerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        Gauge.builder("personalive.memory.resident", ProcessMemory::resident).baseUnit("bytes")
                .description("Memory that the process holds, native memory included").register(registry);
        for (Stage stage : Stage.values()) {
            stages.put(stage, Timer.builder("personalive.stage").tag("stage", stage.name().toLowerCase(Locale.ROOT))
                    .description("Time that a part of the work takes on the device").register(registry));
        }
        for (SessionEnd end : SessionEnd.values()) {
            ends.put(end, Counter.builder("personalive.sessions.ended").tag("reason", end.code())
                    .description("Sessions that have ended").register(registry));
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** Tells of sessions at present too. */
    public void watch(Sessions sessions) {
        gauge("personalive.sessions", "Sessions that are there", sessions, Sessions::held);
        gauge("personalive.sessions.most", "Sessions that the machine carries", sessions, Sessions::most);
        gauge("personalive.sessions.waiting", "People in line", sessions, Sessions::waiting);
        gauge("personalive.ready", "1 if people are let in", sessions, at -> at.isOpen() ? 1 : 0);
    }

    private void gauge(String name, String description, Sessions sessions, ToDoubleFunction<Sessions> value) {
        Gauge.builder(name, sessions, value).description(description).register(registry);
    }

    @Override
    public void delivered(double latencySeconds) {
        framesOut.increment();
        latency.record(Math.round(latencySeconds * 1e9), TimeUnit.NANOSECONDS);
    }

    @Override
    public void took(Stage stage, long nanoseconds) {
        stages.get(stage).record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void driven(long came, long dropped) {
        framesIn.increment(came);
        framesDropped.increment(dropped);
    }

    @Override
    public void ended(SessionEnd reason) {
        ends.get(reason).increment();
    }

    /** @return everything in Prometheus' text format */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
