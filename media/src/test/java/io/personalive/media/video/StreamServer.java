package io.personalive.media.video;

import io.personalive.media.MediaException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** FFmpeg's own program as a server that takes one stream and keeps it. */
final class StreamServer implements AutoCloseable {
    private final Process process;

    /** @param options before the address, such as -listen 1 */
    StreamServer(Path kept, String address, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(FfmpegProgram.path(), "-loglevel", "error"));
        command.addAll(List.of(options));
        command.addAll(List.of("-i", address, "-c", "copy", "-y", kept.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Connects as soon as the server listens. */
    static VideoWriter connected(Supplier<VideoWriter> connect) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                return connect.get();
            } catch (MediaException notYet) {
                if (attempt == 100) {
                    throw notYet;
                }
                Thread.sleep(100);
            }
        }
    }

    /** Waits until the stream is over and kept. */
    void finish() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the server did not see the end of the stream");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
