package io.personalive.server.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.personalive.live.AnimatedFrame;
import io.personalive.live.FrameSink;
import io.personalive.media.MediaException;
import io.personalive.media.picture.Jpeg;
import io.personalive.server.http.ApiException;
import io.personalive.server.http.Json;
import io.personalive.server.session.Driver;
import io.personalive.server.session.SessionEnd;
import io.personalive.server.session.SessionSettings;
import io.personalive.server.session.SessionStatus;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * One WebSocket of a session. It watches from the beginning; with its first frame it drives. Frames that the other side
 * doesn't take in time are left out, never kept: at most two are on their way.
 */
final class SocketConnection implements FrameSink {
    /** Of a driving frame: larger ones are of no use to any model. */
    static final long MOST_PIXELS = 1920 * 1080;
    /** One that is being read by the other side, and one for it to go on with. */
    private static final int MOST_ON_THE_WAY = 2;
    /** Who has taken nothing for so long is let go. */
    private static final long STUCK_NANOSECONDS = 15_000_000_000L;
    /** Of this protocol's own close codes, from the range for applications. */
    private static final int CLOSED_ENDED = 4000, CLOSED_REPLACED = 4001, CLOSED_VIEWERS = 4002, CLOSED_MALFORMED = 4003;
    /** After so many messages that make no sense the connection is closed. */
    private static final int MOST_MISTAKES = 20;

    private final io.personalive.server.session.Session session;
    private final Session socket;
    private final AtomicInteger onTheWay = new AtomicInteger();
    private final Consumer<SessionEnd> onEnd = this::ended;
    private volatile long lastTaken = System.nanoTime();
    private Driver driver;
    private int sequence;
    private volatile long leftOut;
    private int mistakes;

    SocketConnection(io.personalive.server.session.Session session, Session socket) {
        this.session = session;
        this.socket = socket;
    }

    /** What a client may say. */
    record Said(String type, SessionSettings.Change settings) {}

    /** What a client is told; what doesn't belong to the type is null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Told(String type, String code, String message, SessionStatus status, Long framesLeftOut) {}

    void open() {
        if (!session.watch(this)) {
            say(new Told("error", "too-many-viewers", "as many as may already watch this session", null, null));
            socket.close(CLOSED_VIEWERS, "too many viewers", Callback.NOOP);
            return;
        }
        say(new Told("hello", null, null, session.status(), null));
        session.onEnd(onEnd);
    }

    /** How the session goes, if the other side takes what it is sent. */
    void tellStatus() {
        if (onTheWay.get() > 0 && System.nanoTime() - lastTaken > STUCK_NANOSECONDS) {
            socket.disconnect();
        } else if (onTheWay.get() < MOST_ON_THE_WAY) {
            say(new Told("status", null, null, session.status(), leftOut));
        }
    }

    @Override
    public void accept(AnimatedFrame frame) {
        int number = sequence++;
        if (onTheWay.get() >= MOST_ON_THE_WAY) {
            leftOut++;
            return;
        }
        onTheWay.incrementAndGet();
        socket.sendBinary(new FramePacket(number, frame.nanoseconds() / 1000, session.jpeg(frame)).toBytes(),
                Callback.from(this::taken, failed -> taken()));
    }

    private void taken() {
        lastTaken = System.nanoTime();
        onTheWay.decrementAndGet();
    }

    private void say(Told told) {
        onTheWay.incrementAndGet();
        socket.sendText(Json.write(told), Callback.from(this::taken, failed -> taken()));
    }

    void binary(ByteBuffer message) {
        try {
            FramePacket packet = FramePacket.read(message);
            if (driver == null) {
                driver = session.driver(() -> close(CLOSED_REPLACED, "replaced", "another driver has taken over"));
            }
            driver.push(packet.microseconds() * 1000, () -> Jpeg.decode(packet.jpeg(), MOST_PIXELS));
        } catch (MediaException unreadable) {
            mistake(new ApiException(422, "unreadable-picture", unreadable.getMessage()));
        } catch (ApiException wrong) {
            mistake(wrong);
        }
    }

    void text(String message) {
        try {
            Said said = Json.read(message, Said.class);
            switch (said.type() == null ? "" : said.type()) {
                case "settings" -> {
                    if (said.settings() == null) {
                        throw ApiException.badRequest("'settings' is missing");
                    }
                    session.change(said.settings());
                    say(new Told("settings", null, null, session.status(), null));
                }
                case "neutral" -> session.neutral();
                default -> throw ApiException.badRequest("the type is '" + said.type() + "', expected settings or neutral");
            }
        } catch (IllegalArgumentException wrong) {
            mistake(ApiException.badRequest(wrong.getMessage()));
        } catch (ApiException wrong) {
            mistake(wrong);
        }
    }

    private void mistake(ApiException wrong) {
        if (++mistakes >= MOST_MISTAKES) {
            close(CLOSED_MALFORMED, wrong.code(), wrong.getMessage());
        } else if (onTheWay.get() < MOST_ON_THE_WAY) {
            say(new Told("error", wrong.code(), wrong.getMessage(), null, null));
        }
    }

    private void ended(SessionEnd reason) {
        close(CLOSED_ENDED, reason.code(), reason.message());
    }

    private void close(int status, String code, String message) {
        session.unwatch(this);
        if (onTheWay.get() >= MOST_ON_THE_WAY) {
            socket.disconnect(); // it wouldn't hear the reason either
        } else {
            say(new Told(status == CLOSED_ENDED ? "ended" : "error", code, message, session.status(), null));
            socket.close(status, code, Callback.NOOP);
        }
    }

    /** The connection is gone. */
    void closed() {
        session.unwatch(this);
        session.offEnd(onEnd);
        if (driver != null) {
            driver.close();
        }
    }
}
