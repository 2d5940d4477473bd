package io.personalive.media;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A file or folder that is written under a temporary name beside its target and takes the target's name
 * when it is complete, so that a half-written one never stands under the name that was asked for.
 */
public final class PendingFile {
    /** A disk with less counts as full, bytes. */
    private static final long LEAST_ROOM = 1 << 20;
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private final Path target;
    private final Path place;
    private final Path temporary;

    private PendingFile(Path target, Path place, Path temporary) {
        this.target = target;
        this.place = place;
        this.temporary = temporary;
    }

    /**
     * @param target where the finished file belongs; folders above it are made
     * @throws MediaException if the target is an existing folder or its folder can't be made or written to
     */
    public static PendingFile beside(Path target) {
        checkFile(target);
        return besideAny(target);
    }

    /**
     * Checks that a file can be written, without writing, so that what is wrong is told before the work and not after.
     *
     * @throws MediaException if the target is no plain file, its name is too long, or its folder can't be written to
     */
    public static void checkFile(Path target) {
        if (Files.isDirectory(target)) {
            throw new MediaException(target + " is a folder: name a file to write");
        }
        checkPlace(target);
    }

    /** The same for a folder that is to be written: not there yet, or empty. */
    public static void checkFolder(Path target) {
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
        checkPlace(target);
    }

    private static void checkPlace(Path target) {
        Path place = behindLinks(target);
        if (place.getParent() == null) {
            throw new MediaException(target + " can't be written: it is the root of a file system");
        }
        try {
            if (Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
                throw new MediaException(target + " is a device, pipe or socket: name a file to write");
            }
        } catch (NoSuchFileException free) {
            // nothing to lose there
        } catch (FileSystemException e) {
            throw new MediaException(target + " can't be written: " + (e.getReason() == null ? "the name can't be used" : e.getReason()), e);
        } catch (IOException e) {
            throw new MediaException(target + " can't be written: " + e.getMessage(), e);
        }
        if (Files.exists(place.getParent()) && !Files.isWritable(place.getParent())) {
            throw new MediaException("the folder " + place.getParent() + " can't be written to: choose another place for " + target.getFileName());
        }
    }

    /** What is written when a link is named: what it points to, there or not, and never the link. */
    private static Path behindLinks(Path target) {
        Path place = target.toAbsolutePath().normalize();
        try {
            for (int links = 0; Files.isSymbolicLink(place); links++) {
                if (links == MOST_LINKS) {
                    throw new MediaException(target + " is a link that leads back to itself: name another file");
                }
                place = place.resolveSibling(Files.readSymbolicLink(place)).normalize();
            }
        } catch (IOException e) {
            throw new MediaException(target + " is a link that can't be read: " + e.getMessage(), e);
        }
        return place;
    }

    /**
     * @param target where the finished folder belongs: not there yet, or empty
     * @throws MediaException if it holds something already or can't be made
     */
    public static PendingFile folderBeside(Path target) {
        checkFolder(target);
        PendingFile pending = besideAny(target);
        try {
            Files.createDirectory(pending.temporary);
        } catch (IOException e) {
            throw new MediaException("can't write beside " + target + ": " + e.getMessage(), e);
        }
        return pending;
    }

    private static PendingFile besideAny(Path target) {
        Path place = behindLinks(target);
        Path folder = place.getParent();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new MediaException("the folder " + folder + " can't be made: " + e.getMessage(), e);
        }
        if (!Files.isWritable(folder)) {
            throw new MediaException("the folder " + folder + " can't be written to: choose another place for " + target.getFileName());
        }
        // short, so that any name that the file system takes for the target is possible
        String name = "." + Integer.toHexString(ThreadLocalRandom.current().nextInt()) + ".tmp";
        return new PendingFile(target, place, folder.resolve(name));
    }

    /** Where to write until {@link #commit()}. */
    public Path temporary() {
        return temporary;
    }

    /** As it was asked for. */
    public Path target() {
        return target;
    }

    /** Gives the finished file its name, replacing an older file (or an empty folder) of that name. */
    public void commit() {
        try {
            if (Files.isDirectory(temporary)) {
                Files.deleteIfExists(place);
            }
            try {
                Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, place, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new MediaException("can't move the finished " + temporary + " to " + target + ": " + e.getMessage(), e);
        }
    }

    /** What to tell a user when writing failed. @param why the system's reason */
    public MediaException failed(String why, Throwable cause) {
        return new MediaException(target + " can't be written: " + reason(why, room()), cause);
    }

    /** What to tell a user when no more can be written, though what was can be completed. @param why the system's reason */
    public MediaException ended(String why, Throwable cause) {
        return new MediaException("no more of " + target + " can be written: " + reason(why, room()), cause);
    }

    /** @param room bytes that are free where it is written */
    static String reason(String why, long room) {
        return room < LEAST_ROOM ? "the disk is full. Make room, or write to another one" : why;
    }

    private long room() {
        try {
            return Files.getFileStore(place.getParent()).getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
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
