package io.personalive.torch.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;

/**
 * Native memory of this process.
 *
 * @param objects  native objects that Java holds, such as tensors
 * @param bytes    of these objects themselves; what a tensor refers to isn't counted
 * @param resident bytes that the process has in memory once it gave back what it doesn't need; 0 where that can't be told
 */
public record NativeMemory(long objects, long bytes, long resident) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int MOST_COLLECTIONS = 20;

    /** What there is now, with nothing left that only waits for Java's garbage collector. */
    public static NativeMemory now() {
        long before = -1;
        for (int i = 0; i < MOST_COLLECTIONS && before != Pointer.totalCount(); i++) {
            before = Pointer.totalCount();
            System.gc();
            try {
                Thread.sleep(20);   // JavaCPP frees what the collector found in a thread of its own
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        return new NativeMemory(Pointer.totalCount(), Pointer.totalBytes(), residentBytes());
    }

    private static long residentBytes() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            Function trim = NativeLibrary.getInstance("c").getFunction("malloc_trim");
            trim.invokeInt(new Object[] {0L});
            String line = Files.readAllLines(STATUS).stream().filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
            return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        } catch (UnsatisfiedLinkError notGlibc) {
            return 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Fails if there is more than there was before.
     *
     * @param residentMore bytes that the process may have grown by all the same: Java's own
     */
    public void assertNoMoreThan(NativeMemory before, long residentMore) {
        assertTrue(objects <= before.objects, objects - before.objects + " native objects more");
        assertTrue(bytes <= before.bytes, bytes - before.bytes + " native bytes more");
        assertTrue(resident - before.resident <= residentMore, resident - before.resident + " resident bytes more");
    }
}
