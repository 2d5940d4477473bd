package io.personalive.training.record;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;

/**
 * A file of events that TensorBoard shows: records of TensorFlow's framing (length, its checksum, the event, its
 * checksum), each an {@code Event} message of event.proto. A resumed run writes a further file; TensorBoard joins them.
 */
public final class EventFile implements AutoCloseable {
    private static final int WALL_TIME = 1, STEP = 2, FILE_VERSION = 3, SUMMARY = 5;
    private static final int VALUE = 1, TAG = 1, SIMPLE_VALUE = 2, IMAGE = 4;
    private static final int HEIGHT = 1, WIDTH = 2, COLOURSPACE = 3, ENCODED = 4, RGB = 3;
    private static final int MASK = 0xa282ead8;

    private final OutputStream out;

    private EventFile(OutputStream out) {
        this.out = out;
    }

    /** @param folder where {@code events.out.tfevents.TIME} is begun; made where it isn't there */
    public static EventFile begin(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("events.out.tfevents." + System.currentTimeMillis() + ".personalive");
        EventFile events = new EventFile(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        events.write(event(0).bytes(FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8)));
        return events;
    }

    /** @param tag {@code loss}, {@code stage1/mse}, …: what stands before a stroke groups them */
    public void scalar(String tag, long step, double value) throws IOException {
        summary(step, tagged(tag).number(SIMPLE_VALUE, (float) value));
    }

    public void image(String tag, long step, BufferedImage picture) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        ProtocolMessage image = new ProtocolMessage().whole(HEIGHT, picture.getHeight()).whole(WIDTH, picture.getWidth())
                .whole(COLOURSPACE, RGB).bytes(ENCODED, png.toByteArray());
        summary(step, tagged(tag).bytes(IMAGE, image.toBytes()));
    }

    private void summary(long step, ProtocolMessage value) throws IOException {
        byte[] summary = new ProtocolMessage().bytes(VALUE, value.toBytes()).toBytes();
        write(event(step).bytes(SUMMARY, summary));
    }

    private static ProtocolMessage tagged(String tag) {
        return new ProtocolMessage().bytes(TAG, tag.getBytes(StandardCharsets.UTF_8));
    }

    private static ProtocolMessage event(long step) {
        return new ProtocolMessage().number(WALL_TIME, System.currentTimeMillis() / 1e3).whole(STEP, step);
    }

    private synchronized void write(ProtocolMessage event) throws IOException {
        byte[] data = event.toBytes();
        ByteBuffer record = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedChecksum(record.array(), Long.BYTES));
        record.put(data).putInt(maskedChecksum(data, data.length));
        out.write(record.array());
        out.flush();
    }

    static int maskedChecksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
