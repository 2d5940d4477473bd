package io.personalive.cli.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;

/**
 * A server's answer.
 *
 * @param status  200 for the whole, 206 for a part
 * @param headers of the answer
 * @param body    to be read and closed by whoever asked
 */
record Answer(int status, HttpHeaders headers, InputStream body) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        body.close();
    }
}
