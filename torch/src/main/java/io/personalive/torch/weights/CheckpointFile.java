package io.personalive.torch.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An open file of weights: reads that never go beyond its real size, and errors that name it. */
final class CheckpointFile implements AutoCloseable {
    static final String DOWNLOAD_AGAIN = "The file is incomplete or damaged: download or save it again";

    private final Path path;
    private final FileChannel channel;
    private final long size;

    private CheckpointFile(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    static CheckpointFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException(path + ": there is no such file. Check the weights folder's path and layout");
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new CheckpointFile(path, channel, channel.size());
        } catch (IOException unreadable) {
            throw new CheckpointException(path + ": can't be opened (" + unreadable.getMessage()
                    + "). Check that you may read it", unreadable);
        }
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    /** In bytes. */
    long size() {
        return size;
    }

    /**
     * @return {@code length} bytes from {@code position}, little-endian; the caller has checked {@code length} against
     *     {@link #size}, so that no memory is reserved for what a file merely claims
     */
    ByteBuffer read(long position, int length) {
        if (position < 0 || length < 0 || position > size - length) {
            throw refuse("bytes " + position + " to " + (position + length) + " lie outside the file of " + size
                    + " bytes. " + DOWNLOAD_AGAIN);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            readFully(bytes, position);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
        return bytes.flip();
    }

    void readFully(ByteBuffer target, long position) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, next);
            if (count < 0) {
                throw new EOFException("it ends at byte " + next);
            }
            next += count;
        }
    }

    /** @return an exception to throw: the file's path, then {@code problem} */
    CheckpointException refuse(String problem) {
        return new CheckpointException(path + ": " + problem);
    }

    CheckpointException unreadable(IOException cause) {
        return new CheckpointException(path + ": can't be read (" + cause.getMessage()
                + "). Check the disk, or whether something else writes the file", cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }
}
