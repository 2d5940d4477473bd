package io.personalive.server.http;

import io.javalin.http.Context;
import io.personalive.live.FrameSink;
import io.personalive.server.session.Session;
import io.personalive.server.session.SessionEnd;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A session's frames as one endless answer of JPEG parts: what players, browsers and OBS show without more. */
public final class MjpegRoute {
    private static final String BOUNDARY = "personalive-frame";

    private final Access access;

    public MjpegRoute(Access access) {
        this.access = access;
    }

    /** Holds the request's thread until the session ends or the viewer leaves. Who reads slowly gets fewer frames. */
    public void handle(Context context) throws IOException {
        Session session = access.session(context);
        Latest<byte[]> latest = new Latest<>();
        FrameSink viewer = frame -> latest.put(session.jpeg(frame));
        Consumer<SessionEnd> onEnd = reason -> latest.end();
        if (!session.watch(viewer)) {
            throw new ApiException(429, "too-many-viewers", "as many as may already watch this session");
        }
        session.onEnd(onEnd);
        try {
            context.disableCompression();
            context.res().setContentType("multipart/x-mixed-replace; boundary=" + BOUNDARY);
            context.res().setHeader("Cache-Control", "no-store");
            context.res().flushBuffer();
            OutputStream out = context.res().getOutputStream();
            for (byte[] jpeg = latest.take(); jpeg != null; jpeg = latest.take()) {
                out.write(("--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(jpeg);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        } catch (IOException left) {
            // the viewer has gone, or read nothing for too long
        } finally {
            session.unwatch(viewer);
            session.offEnd(onEnd);
        }
    }
}
