package io.personalive.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryCacheTest {
    private static final String PLACE = "org/bytedeco/some/linux-x86_64/";

    @TempDir
    private Path folder;
    private final byte[] content = new byte[3_000_000];
    private LibraryCache cache;

    @BeforeEach
    void make() throws IOException {
        new Random(1).nextBytes(content);
        cache = new LibraryCache(Files.createDirectory(folder.resolve("cache")));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("some.jar")), new Manifest())) {
            for (String name : new String[] {PLACE + "libsome.so.2", PLACE + "libjnisome.so", PLACE + "tool", "org/bytedeco/some/windows-x86_64/some.dll"}) {
                jar.putNextEntry(new JarEntry(name));
                jar.write(content);
            }
        }
    }

    private void unpack() throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.resolve("some.jar").toUri().toURL()}, null)) {
            cache.unpack(PackedLibrary.onClassPath(loader, "linux-x86_64"));
        }
    }

    private Path library(String name) {
        return cache.folder().resolve("some.jar").resolve(PLACE + name);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(library("libsome.so.2").getParent())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void librariesOfThePlatformAreUnpackedOnce() throws IOException {
        unpack();
        assertEquals(List.of("libjnisome.so", "libsome.so.2"), names());
        assertArrayEquals(content, Files.readAllBytes(library("libsome.so.2")));
        Object before = Files.readAttributes(library("libsome.so.2"), "unix:ino").get("ino");
        unpack();
        assertEquals(before, Files.readAttributes(library("libsome.so.2"), "unix:ino").get("ino"));
    }

    /** As a process leaves them that is killed while unpacking, this one or JavaCPP by itself. */
    @Test
    void halfALibraryIsUnpackedAnew() throws IOException {
        Files.createDirectories(library("libsome.so.2").getParent());
        Files.write(library("libsome.so.2"), new byte[1000]);
        Files.write(library("libjnisome.so123.unpacking"), new byte[1000]);
        unpack();
        assertEquals(List.of("libjnisome.so", "libsome.so.2"), names());
        assertArrayEquals(content, Files.readAllBytes(library("libsome.so.2")));
    }

    /** A library that is being loaded is never written to: a newer one takes its name instead. */
    @Test
    void libraryInUseStaysAsItIs() throws IOException {
        unpack();
        Path inUse = folder.resolve("in-use");
        Files.createLink(inUse, library("libsome.so.2"));
        Files.setLastModifiedTime(library("libsome.so.2"), java.nio.file.attribute.FileTime.fromMillis(0));
        unpack();
        assertFalse(Files.isSameFile(inUse, library("libsome.so.2")));
        assertArrayEquals(content, Files.readAllBytes(inUse));
    }

    @Test
    void severalMayUnpackAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> start = () -> {
                unpack();
                assertArrayEquals(content, Files.readAllBytes(library("libsome.so.2")));
                return null;
            };
            for (Future<Void> each : threads.invokeAll(List.of(start, start, start, start))) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(List.of("libjnisome.so", "libsome.so.2"), names());
    }

    @Test
    void whereAHomeCannotBeWrittenToTheNextFolderIsTaken() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertEquals(folder.resolve("next").toAbsolutePath(), LibraryCache.firstWritable(List.of(file.resolve("cache"), folder.resolve("next"))).folder());
        String message = assertThrows(IOException.class, () -> LibraryCache.firstWritable(List.of(file.resolve("cache")))).getMessage();
        assertTrue(message.contains(file.toString()) && message.contains("cachedir=FOLDER"), message);
    }
}
