package io.personalive.media;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A file or folder that is written under a temporary name beside its target and takes the target's name
 * when it is complete, so that a half-written one never stands under the name that was asked for.
 */
public final class PendingFile {
    private final Path target;
    private final Path temporary;

    private PendingFile(Path target, Path temporary) {
        this.target = target;
        this.temporary = temporary;
    }

    /**
     * @param target where the finished file belongs; folders above it are made
     * @throws MediaException if the target is an existing folder or its folder can't be made or written to
     */
    public static PendingFile beside(Path target) {
        if (Files.isDirectory(target)) {
            throw new MediaException(target + " is a folder: name a file to write");
        }
        return besideAny(target);
    }

    /**
     * @param target where the finished folder belongs: not there yet, or empty
     * @throws MediaException if it holds something already or can't be made
     */
    public static PendingFile folderBeside(Path target) {
        if (Files.isRegularFile(target)) {
            throw new MediaException(target + " is a file: name a folder for the pictures");
        }
        if (Files.isDirectory(target)) {
            try (Stream<Path> inside = Files.list(target)) {
                if (inside.findAny().isPresent()) {
                    throw new MediaException(target + " is not empty, and pictures of two runs would mix: empty it or name another folder");
                }
            } catch (IOException e) {
                throw new MediaException(target + " can't be read: " + e.getMessage(), e);
            }
        }
        PendingFile pending = besideAny(target);
        try {
            Files.createDirectory(pending.temporary);
        } catch (IOException e) {
            throw new MediaException("can't write beside " + target + ": " + e.getMessage(), e);
        }
        return pending;
    }

    private static PendingFile besideAny(Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new MediaException(target + " can't be written: it is the root of a file system");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new MediaException("the folder " + folder + " can't be made: " + e.getMessage(), e);
        }
        if (!Files.isWritable(folder)) {
            throw new MediaException("the folder " + folder + " can't be written to: choose another place for " + target.getFileName());
        }
        String name = "." + absolute.getFileName() + "." + Integer.toHexString(ThreadLocalRandom.current().nextInt()) + ".tmp";
        return new PendingFile(absolute, folder.resolve(name));
    }

    /** Where to write until {@link #commit()}. */
    public Path temporary() {
        return temporary;
    }

    public Path target() {
        return target;
    }

    /** Gives the finished file its name, replacing an older file (or an empty folder) of that name. */
    public void commit() {
        try {
            if (Files.isDirectory(temporary)) {
                Files.deleteIfExists(target);
            }
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new MediaException("can't move the finished " + temporary + " to " + target + ": " + e.getMessage(), e);
        }
    }

    /** Removes what was written; does nothing once committed. */
    public void discard() {
        if (!Files.exists(temporary)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(temporary)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new MediaException("can't remove the unfinished " + temporary + ": " + e.getMessage(), e);
        }
    }
}
