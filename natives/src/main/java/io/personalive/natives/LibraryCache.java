package io.personalive.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folder into which JavaCPP unpacks native libraries. It does that one by one while others that need them are being
 * loaded, by this process or another: a half-written one then ends the process. So all are unpacked before, each aside
 * and moved into place whole.
 *
 * @param folder writable
 */
record LibraryCache(Path folder) {
    /** JavaCPP's system property for this folder. */
    static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
    private static final String LOCK = ".unpacking.lock";
    /** Ends the name of a library that isn't whole. */
    private static final String UNFINISHED = ".unpacking";
    /** A file's lock keeps processes apart, not the threads of one. */
    private static final Object THREADS = new Object();

    /** The folder that was asked for, else one in the user's home, else one among temporary files. */
    static LibraryCache ofThisUser() throws IOException {
        String user = System.getProperty("user.name", "user");
        return firstWritable(Stream.of(System.getProperty(PROPERTY), System.getProperty("org.bytedeco.javacpp.cacheDir"),
                System.getProperty("user.home") + "/.javacpp/cache",
                System.getProperty("java.io.tmpdir") + "/.javacpp-" + user + "/cache")
                .filter(Objects::nonNull).map(Path::of).toList());
    }

    static LibraryCache firstWritable(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            try {
                Files.createDirectories(folder);
                if (Files.isWritable(folder) && Files.isReadable(folder)) {
                    return new LibraryCache(folder.toRealPath());
                }
            } catch (IOException next) {
                // perhaps there is a better one
            }
        }
        throw new IOException("native libraries can't be unpacked: none of the folders " + folders + " can be written to. " + advice());
    }

    /** Unpacks those that don't lie there whole. */
    void unpack(List<PackedLibrary> libraries) throws IOException {
        if (missing(libraries).isEmpty()) {
            return;
        }
        synchronized (THREADS) {
            try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                boolean alone = isLocked(lock);
                unpackAll(missing(libraries), alone); // another process may have unpacked some meanwhile
            }
        }
    }

    private void unpackAll(List<PackedLibrary> missing, boolean alone) throws IOException {
        for (PackedLibrary each : missing) {
            Files.createDirectories(each.placeIn(folder).getParent());
            if (alone) {
                removeUnfinished(each.placeIn(folder).getParent());
            }
        }
        checkRoom(missing);
        for (PackedLibrary each : missing) {
            unpack(each);
        }
    }

    private List<PackedLibrary> missing(List<PackedLibrary> libraries) throws IOException {
        List<PackedLibrary> missing = new ArrayList<>();
        for (PackedLibrary each : libraries) {
            if (!each.isUnpackedIn(folder)) {
                missing.add(each);
            }
        }
        return missing;
    }

    /** The lock only saves work: without one, as some file systems have none, two unpack the same and either's is right. */
    private static boolean isLocked(FileChannel file) {
        try {
            return file.lock() != null;
        } catch (IOException none) {
            return false;
        }
    }

    /** What a process left behind that was killed. */
    private static void removeUnfinished(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.filter(each -> each.getFileName().toString().endsWith(UNFINISHED)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void checkRoom(List<PackedLibrary> missing) throws IOException {
        long needed = missing.stream().mapToLong(PackedLibrary::size).sum();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (needed > free) {
            throw new IOException(folder + " needs " + megabytes(needed) + " MB for native libraries, and " + megabytes(free)
                    + " MB are free: make room. " + advice());
        }
    }

    private void unpack(PackedLibrary library) throws IOException {
        Path place = library.placeIn(folder);
        Path unfinished = Files.createTempFile(place.getParent(), place.getFileName().toString(), UNFINISHED);
        try {
            try (InputStream in = library.open()) {
                Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setLastModifiedTime(unfinished, FileTime.fromMillis(library.time()));
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            Files.deleteIfExists(unfinished);
            if (!library.isUnpackedIn(folder)) { // where a library is in use it can't be replaced, and need not be
                throw new IOException("the native library " + place + " (" + megabytes(library.size()) + " MB) can't be unpacked: "
                        + failed.getMessage() + ". " + advice(), failed);
            }
        }
    }

    private static long megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000;
    }

    private static String advice() {
        return "Another folder is named with the system property " + PROPERTY + " (PERSONALIVE_JAVA_OPTS=-D" + PROPERTY + "=FOLDER)";
    }
}
