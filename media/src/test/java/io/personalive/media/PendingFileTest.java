package io.personalive.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingFileTest {
    @TempDir
    private Path folder;

    private static void write(Path target, String text) throws IOException {
        PendingFile pending = PendingFile.beside(target);
        Files.writeString(pending.temporary(), text);
        pending.commit();
    }

    private void assertRefused(String reason, Path target) {
        MediaException refused = assertThrows(MediaException.class, () -> PendingFile.checkFile(target));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void aLinksTargetIsWrittenAndTheLinkStays() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path file = Files.writeString(elsewhere.resolve("a.mp4"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), file);
        Path toNothing = Files.createSymbolicLink(folder.resolve("new.mp4"), Path.of("elsewhere", "b.mp4"));
        write(link, "after");
        write(toNothing, "new");
        assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(toNothing));
        assertEquals("after", Files.readString(file));
        assertEquals("new", Files.readString(elsewhere.resolve("b.mp4")));
    }

    @Test
    void aLinkToAnEmptyFolderStays() throws IOException {
        Path place = Files.createDirectory(folder.resolve("pictures"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), place);
        PendingFile pending = PendingFile.folderBeside(link);
        Files.writeString(pending.temporary().resolve("0.png"), "a picture");
        pending.commit();
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.exists(place.resolve("0.png")));
    }

    @Test
    void pipesDevicesAndLinksInARingAreRefused() throws Exception {
        Path pipe = folder.resolve("pipe.mp4");
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/null")), "not a Unix");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Path ring = folder.resolve("ring.mp4");
        Files.createSymbolicLink(ring, ring);
        assertRefused("is a device, pipe or socket", pipe);
        assertRefused("is a device, pipe or socket", Path.of("/dev/null"));
        assertRefused("is a device, pipe or socket", Files.createSymbolicLink(folder.resolve("null.mp4"), Path.of("/dev/null")));
        assertRefused("leads back to itself", ring);
    }

    @Test
    void theLongestNameIsWrittenAndALongerOneRefused() throws IOException {
        Path longest = folder.resolve("a".repeat(251) + ".mp4");
        write(longest, "here");
        assertEquals("here", Files.readString(longest));
        assertRefused("can't be written", folder.resolve("a".repeat(252) + ".mp4"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aFolderWithoutPermissionIsRefused() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Assumptions.assumeTrue(closed.toFile().setWritable(false) && !Files.isWritable(closed), "this user may write anywhere");
        assertRefused("can't be written to", closed.resolve("a.mp4"));
        closed.toFile().setWritable(true);
    }

    @Test
    void aFullDiskIsCalledFull() {
        assertEquals("the disk is full. Make room, or write to another one", PendingFile.reason("Input/output error", 4096));
        assertEquals("Permission denied", PendingFile.reason("Permission denied", 5_000_000));
    }
}
