package io.personalive.cli.download;

import io.personalive.cli.console.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which stretches of a half-downloaded file are there, kept in a small file beside it, so that another run fetches
 * only the rest. Its first line tells the content by its hash; then one line {@code from to} a stretch. Holds a lock,
 * so that two downloads don't write one file.
 */
final class Journal implements AutoCloseable {
    private final FileChannel channel;
    private final String identity;
    /** Stretches that are there, none touching another: from each first byte to the byte after the last. */
    private final TreeMap<Long, Long> present = new TreeMap<>();

    private Journal(FileChannel channel, String identity) {
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Opens the journal of a partial file, or begins one.
     *
     * @param identity of the content; a journal of another content is begun anew
     * @param part     the partial file; without it the journal is begun anew
     * @throws UserError if another download is at work on it
     */
    static Journal open(Path file, String identity, Path part) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, file);
            Journal journal = new Journal(channel, identity);
            if (!Files.exists(part) || !journal.read()) {
                journal.clear();
            }
            return journal;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // told below
        }
        throw new UserError(file + ": another download is at work on this file; wait for it or end it");
    }

    /** @return false if it tells of another content */
    private boolean read() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {
            // until all is there
        }
        List<String> lines = StandardCharsets.UTF_8.decode(content.flip()).toString().lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(identity)) {
            return false;
        }
        for (String line : lines.subList(1, lines.size())) {
            if (line.matches("\\d{1,18} \\d{1,18}")) { // the last may be cut off: then it tells of less, or of nothing
                String[] ends = line.split(" ");
                Stretch stretch = new Stretch(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
                if (stretch.length() > 0) {
                    merge(stretch);
                }
            }
        }
        append(""); // ends a line that was cut off
        return true;
    }

    /** Notes that a stretch is on disk. */
    synchronized void add(Stretch stretch) throws IOException {
        if (stretch.length() > 0) {
            append(stretch.from() + " " + stretch.to());
            merge(stretch);
        }
    }

    /** Forgets every stretch. */
    synchronized void clear() throws IOException {
        present.clear();
        channel.truncate(0);
        append(identity);
    }

    private void append(String line) throws IOException {
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)), channel.size());
    }

    private void merge(Stretch stretch) {
        long from = stretch.from();
        long to = stretch.to();
        for (Map.Entry<Long, Long> left = present.floorEntry(to); left != null && left.getValue() >= from;
                left = present.floorEntry(to)) {
            from = Math.min(from, left.getKey());
            to = Math.max(to, left.getValue());
            present.remove(left.getKey());
        }
        present.put(from, to);
    }

    /** How many bytes are there. */
    synchronized long bytes() {
        return present.entrySet().stream().mapToLong(stretch -> stretch.getValue() - stretch.getKey()).sum();
    }

    /**
     * @param size    of the whole file, in bytes
     * @param longest a stretch may be, in bytes
     * @return what is missing, in order
     */
    synchronized List<Stretch> missing(long size, long longest) {
        List<Stretch> missing = new ArrayList<>();
        long at = 0;
        for (Map.Entry<Long, Long> stretch : present.entrySet()) {
            split(at, Math.min(stretch.getKey(), size), longest, missing);
            at = stretch.getValue();
        }
        split(at, size, longest, missing);
        return missing;
    }

    private static void split(long from, long to, long longest, List<Stretch> into) {
        for (long at = from; at < to; at += longest) {
            into.add(new Stretch(at, Math.min(at + longest, to)));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
