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

    /** To be called before the answer is sent; {@link UploadDeadline} limits how long it takes. */
    static void skip(Context context) {
        if (context.header("Expect") != null) {
            return; // the other side waits to be asked for the body
        }
        try {
            InputStream body = context.req().getInputStream();
            byte[] skipped = new byte[1 << 16];
            long left = MOST_BYTES;
            for (int read = 0; read >= 0 && left > 0; left -= read) {
                read = body.read(skipped);
            }
        } catch (IOException | RuntimeException gone) {
            // the answer is made already, and whoever is gone does not want it
        }
    }
}
