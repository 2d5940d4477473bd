package io.personalive.server.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.VideoTrack;
import io.personalive.server.http.ApiException;
import io.personalive.server.session.Driver;
import io.personalive.server.session.Session;
import io.personalive.server.session.SessionEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections: makes them, and frees them when their peer has gone, their session has ended, or another drives. */
final class Exchanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
    /** Who has not connected by then never will, seconds. */
    private static final long CONNECTING = 30;
    /** Each has sockets, and threads' time, of its own. */
    private static final int MOST = 256;

    private final WebRtc webRtc;
    private final RTCConfiguration configuration;
    private final Map<String, Exchange> all = new ConcurrentHashMap<>();
    private final Map<String, DelayedSound> sounds = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    /** Connections can't be closed by the library's own threads. */
    private final ScheduledExecutorService closing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "webrtc-close");
        thread.setDaemon(true);
        return thread;
    });

    Exchanges(WebRtc webRtc, RTCConfiguration configuration) {
        this.webRtc = webRtc;
        this.configuration = configuration;
    }

    /** An agreement and the answer that says so. */
    record Answered(Exchange exchange, String sdp) {}

    Optional<Exchange> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    /** @throws ApiException if there are as many as can be, or the offer can't be taken */
    Answered drive(Session session, String offer) throws InterruptedException {
        AtomicReference<Driver> driver = new AtomicReference<>();
        AtomicReference<Connection> own = new AtomicReference<>();
        Connection connection = connection(webRtc.receiving, track -> driven(session, driver.get(), own.get(), track));
        own.set(connection);
        driver.set(session.driver(() -> later(connection::close)));
        connection.beforeEnd(driver.get()::close);
        return answered(session, connection, offer, () -> { });
    }

    private void driven(Session session, Driver driver, Connection connection, MediaStreamTrack track) {
        if (track instanceof VideoTrack pictures) {
            DrivingTrack sink = new DrivingTrack(driver);
            pictures.addSink(sink);
            connection.beforeEnd(() -> pictures.removeSink(sink));
        } else if (track instanceof AudioTrack voice) {
            DelayedSound sink = sound(session);
            voice.addSink(sink);
            connection.beforeEnd(() -> voice.removeSink(sink));
        }
    }

    /** @throws ApiException if there are as many as can be, or the offer can't be taken */
    Answered watch(Session session, String offer) throws InterruptedException {
        Connection connection = connection(webRtc.sending, track -> { });
        return answered(session, connection, offer, () -> {
            WatchedTrack pictures = new WatchedTrack(webRtc.sending);
            connection.afterEnd(pictures::free);
            RTCRtpSender sender = connection.peer().addTrack(pictures.track, List.of("personalive"));
            connection.beforeEnd(() -> sender.replaceTrack(null));
            if (offer.contains("m=audio")) {
                listen(session, connection);
            }
            if (!session.watch(pictures)) {
                throw new ApiException(503, "too-many-viewers", "as many as may already watch this session");
            }
            connection.beforeEnd(() -> session.unwatch(pictures));
        });
    }

    private void listen(Session session, Connection connection) {
        CustomAudioSource source = new CustomAudioSource();
        AudioTrack track = webRtc.sending.createAudioTrack("sound", source);
        RTCRtpSender sender = connection.peer().addTrack(track, List.of("personalive"));
        DelayedSound sound = sound(session);
        SoundSource listener = new SoundSource(source, track);
        sound.add(listener);
        connection.beforeEnd(() -> {
            sound.remove(listener);
            sender.replaceTrack(null);
        });
        connection.afterEnd(listener::free);
    }

    private DelayedSound sound(Session session) {
        return sounds.computeIfAbsent(session.id(), id -> {
            DelayedSound sound = new DelayedSound(() -> session.status().latencyMilliseconds());
            session.onEnd(reason -> {
                sounds.remove(id);
                sound.close();
            });
            return sound;
        });
    }

    private Connection connection(PeerConnectionFactory factory, Consumer<MediaStreamTrack> onTrack) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw new ApiException(503, "full", "all " + MOST + " WebRTC connections are taken that this server keeps");
        }
        AtomicReference<Connection> made = new AtomicReference<>();
        Consumer<RTCRtpTransceiver> tracks = transceiver -> onTrack.accept(transceiver.getReceiver().getTrack());
        made.set(new Connection(factory, configuration, tracks, () -> later(() -> made.get().close())));
        made.get().afterEnd(open::decrementAndGet);
        return made.get();
    }

    private Answered answered(Session session, Connection connection, String offer, Runnable tracks) throws InterruptedException {
        try {
            connection.offered(offer);
            tracks.run();
            Exchange exchange = Exchange.of(session, connection, offer);
            String answer = connection.answer();
            all.put(exchange.id(), exchange);
            Consumer<SessionEnd> ended = reason -> later(connection::close);
            connection.beforeEnd(() -> {
                all.remove(exchange.id());
                session.offEnd(ended);
            });
            session.onEnd(ended);
            closing.schedule(() -> {
                if (!connection.isConnected()) {
                    connection.close();
                }
            }, CONNECTING, TimeUnit.SECONDS);
            return new Answered(exchange, answer);
        } catch (RefusedException refused) {
            connection.close();
            throw new ApiException(400, "unusable-offer", "the offer can't be taken: " + refused.getMessage());
        } catch (RuntimeException | InterruptedException | Error failed) {
            connection.close();
            throw failed;
        }
    }

    private void later(Runnable close) {
        closing.execute(() -> {
            try {
                close.run();
            } catch (RuntimeException failed) {
                LOG.atWarn().setCause(failed).log("a WebRTC connection could not be closed");
            }
        });
    }

    @Override
    public void close() {
        closing.shutdown();
        try {
            closing.awaitTermination(CONNECTING, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        all.values().forEach(exchange -> exchange.connection().close());
        sounds.values().forEach(DelayedSound::close);
    }
}
