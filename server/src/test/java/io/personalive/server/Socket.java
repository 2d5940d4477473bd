package io.personalive.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.media.picture.Jpeg;
import io.personalive.server.RunningServer.Begun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A test's end of a session's WebSocket. */
final class Socket implements WebSocket.Listener, AutoCloseable {
    /** A finished frame. */
    record Frame(int sequence, long microseconds, byte[] jpeg) {
        BufferedImage picture() {
            return Jpeg.decode(jpeg, 1_000_000);
        }
    }

    final List<Frame> frames = new CopyOnWriteArrayList<>();
    final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    private final WebSocket socket;
    volatile int closed;
    private int sequence;

    Socket(RunningServer running, Begun session) throws Exception {
        URI address = URI.create(running.server.address().replaceFirst("http", "ws") + session.answer().at("/urls/socket").asText()
                + "?token=" + session.token());
        socket = running.client.newWebSocketBuilder().buildAsync(address, this).get(10, TimeUnit.SECONDS);
    }

    void send(BufferedImage picture, long microseconds) throws Exception {
        byte[] jpeg = Jpeg.encode(picture, 90);
        send(ByteBuffer.allocate(12 + jpeg.length).putInt(sequence++).putLong(microseconds).put(jpeg).flip());
    }

    void send(ByteBuffer message) throws Exception {
        socket.sendBinary(message, true).get(10, TimeUnit.SECONDS);
    }

    void say(String json) throws Exception {
        socket.sendText(json, true).get(10, TimeUnit.SECONDS);
    }

    boolean isOpen() {
        return !socket.isInputClosed();
    }

    boolean heard(String type) {
        return told.stream().anyMatch(message -> message.path("type").asText().equals(type));
    }

    boolean heardCode(String code) {
        return told.stream().anyMatch(message -> message.path("code").asText().equals(code));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            try {
                told.add(new ObjectMapper().readTree(text.toString()));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        if (last) {
            ByteBuffer message = ByteBuffer.wrap(bytes.toByteArray());
            int number = message.getInt();
            long microseconds = message.getLong();
            byte[] jpeg = new byte[message.remaining()];
            message.get(jpeg);
            frames.add(new Frame(number, microseconds, jpeg));
            bytes.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed = status;
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
