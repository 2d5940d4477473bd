package io.personalive.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what is left of a request's body before it is answered. A server that answers and closes while the other side still
 * sends makes the network drop the answer, and people see a lost connection where they should read why they were refused.
 */
final class UnreadBody {
    /** Who sends more than this finds the connection closed. */
    private static final long MOST_BYTES = 64_000_000;

    private UnreadBody() {}

    /**
     * To be called before the answer is sent; {@link UploadDeadline} limits how long it takes.
     *
     * @return whether the request was read to its end, so that the connection can serve another
     */
    static boolean skipped(Context context) {
        if (context.header("Expect") != null) {
            return false; // the other side waits to be asked for the body
        }
        try {
            InputStream body = context.req().getInputStream();
            byte[] skipped = new byte[1 << 16];
            long left = MOST_BYTES;
            for (int read; left > 0; left -= read) {
                read = body.read(skipped);
                if (read < 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException | RuntimeException gone) {
            return false; // the answer is made already, and whoever is gone does not want it
        }
    }
}
