package io.personalive.cli.download;

import io.personalive.cli.console.Progress;
import io.personalive.cli.console.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The download of one file: stretches of it in parallel, into a partial file beside the target, which takes the
 * target's name when its hash is right.
 */
final class FileDownload {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Hub hub;
    private final HubFile file;
    private final Path target;
    private final Path part;
    private final Path notes;
    private final Retries retries;
    private final Progress progress;

    /** @param progress counts bytes; those of {@link #alreadyThere} are counted by whoever made it */
    FileDownload(Hub hub, HubFile file, Path target, Retries retries, Progress progress) {
        this.hub = hub;
        this.file = file;
        this.target = target;
        this.part = part(target);
        this.notes = notes(target);
        this.retries = retries;
        this.progress = progress;
    }

    private static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    private static Path notes(Path target) {
        return target.resolveSibling(target.getFileName() + ".part.journal");
    }

    /** @return how many bytes of a file an earlier run left in its partial file */
    static long alreadyThere(HubFile file, Path target) throws IOException {
        if (!Files.exists(part(target)) || !Files.exists(notes(target))) {
            return 0;
        }
        try (Journal journal = Journal.open(notes(target), file.identity(), part(target))) {
            return journal.bytes();
        }
    }

    /**
     * Fetches what is missing, checks the whole and moves it into place.
     *
     * @param workers  run the stretches
     * @param longest  stretch asked for at once, in bytes
     * @throws UserError if the content is not what the hub announced, or the server can't be reached
     */
    void run(Workers workers, long longest) throws IOException, InterruptedException {
        Files.createDirectories(target.getParent());
        try (Journal journal = Journal.open(notes, file.identity(), part);
                FileChannel content = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            List<Stretch> missing = journal.missing(file.size(), longest);
            if (!missing.isEmpty() && fetch(missing.get(0), journal, content)) {
                workers.forEach(missing.subList(1, missing.size()), stretch -> fetch(stretch, journal, content));
            }
            content.truncate(file.size());
        }
        finish();
    }

    private void finish() throws IOException {
        boolean right = file.matches(part);
        if (right) {
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException networkDrive) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(part);
        Files.deleteIfExists(notes);
        if (!right) {
            throw new UserError(target + ": what came is not what the hub announced (its hash differs), and was deleted."
                    + " Run the same command again; if it happens again, a proxy or mirror in between spoils the file");
        }
    }

    /** @return false if the server sent the whole file, as it answers no ranges */
    private boolean fetch(Stretch stretch, Journal journal, FileChannel content) throws IOException, InterruptedException {
        long[] at = {stretch.from()};
        AtomicBoolean gained = new AtomicBoolean();
        return retries.run(file.path(), () -> gained.getAndSet(false), () -> {
            try (Answer answer = hub.open(file, new Stretch(at[0], stretch.to()))) {
                if (answer.status() == 200) {
                    takeWhole(answer, journal, content);
                    return false;
                }
                long from = at[0];
                byte[] buffer = new byte[BUFFER_BYTES];
                try {
                    while (at[0] < stretch.to()) {
                        at[0] += copy(answer, content, buffer, at[0], stretch.to());
                        gained.set(true);
                    }
                } finally {
                    content.force(false);
                    journal.add(new Stretch(from, at[0]));
                }
                return true;
            }
        });
    }

    /** A server that answers no ranges begins at the beginning each time, so nothing of an earlier attempt counts. */
    private void takeWhole(Answer answer, Journal journal, FileChannel content) throws IOException {
        progress.advance(-journal.bytes());
        journal.clear();
        byte[] buffer = new byte[BUFFER_BYTES];
        long at = 0;
        try {
            while (at < file.size()) {
                at += copy(answer, content, buffer, at, file.size());
            }
        } catch (IOException | RuntimeException dropped) {
            progress.advance(-at);
            throw dropped;
        }
        journal.add(new Stretch(0, at));
    }

    /** @return how many bytes were written at {@code at}, at least one */
    private int copy(Answer answer, FileChannel content, byte[] buffer, long at, long end) throws IOException {
        retries.stopIfAsked();
        int count = answer.body().read(buffer, 0, (int) Math.min(buffer.length, end - at));
        if (count < 0) {
            throw new TemporaryFailure("the connection was dropped", null);
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
            content.write(bytes, at + bytes.position());
        }
        progress.advance(count);
        return count;
    }
}
