package io.personalive.media.video;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is always longer than what was written to it: where the disk fills up, the room that is left in it is enough
 * to complete it. Containers write their index last, and without one nothing that was written can be played.
 */
final class ReservedFile implements Closeable {
    /** Room is taken in pieces of this many bytes. */
    private static final int PIECE = 1 << 20;

    private static final ByteBuffer ROOM = ByteBuffer.allocateDirect(PIECE);

    private final FileChannel channel;
    private long position;
    /** Where what was written ends, and where the file does. */
    private long written, taken;
    private long kept = PIECE;
    private boolean completing;
    private IOException full;

    /** @throws IOException if it can't be made, or there is no room to begin with */
    ReservedFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        takeRoom(kept);
        if (full != null) {
            channel.close();
            throw full;
        }
    }

    /** @param bytes how much what comes last may take, beside the first megabyte */
    void keepRoom(long bytes) {
        kept = Math.max(kept, PIECE + bytes);
    }

    /** Why no more should be written, though what was can be completed; null while there is room. */
    IOException full() {
        return full;
    }

    /** From now on what was kept may be used. */
    void complete() throws IOException {
        completing = true;
        channel.truncate(written); // FFmpeg moves MP4's data to make room for the index before it, and reads to the file's end
    }

    void write(ByteBuffer bytes) throws IOException {
        takeRoom(position + bytes.remaining() + kept);
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        written = Math.max(written, position);
    }

    private void takeRoom(long size) {
        try {
            while (taken < size && full == null && !completing) {
                taken += channel.write(ROOM.duplicate(), taken);
            }
        } catch (IOException noRoom) {
            full = noRoom;
        }
    }

    /** Where the next bytes go. @return the same */
    long seek(long to) {
        position = to;
        return to;
    }

    /** Bytes that were written. */
    long size() {
        return written;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(written);
        }
    }
}
