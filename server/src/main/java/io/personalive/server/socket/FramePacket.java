package io.personalive.server.socket;

import io.personalive.server.http.ApiException;
import java.nio.ByteBuffer;

/**
 * A frame on the wire: 4 bytes of sequence number, 8 bytes of time in microseconds, both big-endian, then a JPEG.
 *
 * @param sequence     counts the sender's frames: a gap says that some were left out. A finished frame has a number of the
 *                     server's
 * @param microseconds when the driving frame was taken, on the client's clock. A finished frame carries that of the driving
 *                     frame that it answers
 * @param jpeg         the picture
 */
record FramePacket(int sequence, long microseconds, byte[] jpeg) {
    static final int HEADER_BYTES = 12;

    /** @throws ApiException if it is too short */
    static FramePacket read(ByteBuffer message) {
        ByteBuffer bytes = message.slice();
        if (bytes.remaining() <= HEADER_BYTES) {
            throw ApiException.badRequest("a binary message has " + bytes.remaining() + " bytes, expected " + HEADER_BYTES
                    + " (sequence number, time) and a JPEG");
        }
        int sequence = bytes.getInt();
        long microseconds = bytes.getLong();
        byte[] jpeg = new byte[bytes.remaining()];
        bytes.get(jpeg);
        return new FramePacket(sequence, microseconds, jpeg);
    }

    ByteBuffer toBytes() {
        return ByteBuffer.allocate(HEADER_BYTES + jpeg.length).putInt(sequence).putLong(microseconds).put(jpeg).flip();
    }
}
