package io.personalive.natives;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.Loader;

/**
 * Set up once per process, before the first of JavaCPP's classes is touched: it reads its limits only then. Native memory
 * is not counted against Java's heap, as weights are many times that; libraries are unpacked whole before one is loaded,
 * and their threads are told to sleep while they wait.
 */
public final class NativeLibraries {
    /** JavaCPP's limits of native memory; 0 is none. */
    private static final String[] LIMITS = {"org.bytedeco.javacpp.maxBytes", "org.bytedeco.javacpp.maxPhysicalBytes"};
    private static boolean ready;

    private NativeLibraries() {
    }

    /** For programs whose error stream is all their own: what native libraries print to it of their own accord goes nowhere. */
    public static void silence() {
        NativeMessages.silence();
    }

    /**
     * To be called in the static initialiser of every class that others may touch first; calls after the first cost nothing.
     *
     * @throws UncheckedIOException if there is no room for the libraries; the message says where, and what to do
     */
    public static synchronized void ready() {
        if (ready) {
            return;
        }
        for (String limit : LIMITS) {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, "0");
            }
        }
        WaitingThreads.sleepSoon();
        try {
            LibraryCache cache = LibraryCache.ofThisUser();
            System.setProperty(LibraryCache.PROPERTY, cache.folder().toString());
            cache.unpack(PackedLibrary.onClassPath(NativeLibraries.class.getClassLoader(), Loader.getPlatform()));
        } catch (IOException noRoom) {
            throw new UncheckedIOException(noRoom.getMessage(), noRoom);
        }
        ready = true;
    }
}
