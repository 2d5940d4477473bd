package io.personalive.natives.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;
import org.bytedeco.javacpp.Pointer;

/**
 * Native memory of this process.
 *
 * @param objects   native objects that Java holds, such as tensors
 * @param bytes     of these objects themselves; what a tensor refers to isn't counted
 * @param allocated bytes that the C library gave out and that weren't given back, whoever asked for them: unlike resident
 *                  memory without Java's heap, and without what is only kept for later; 0 where that can't be told
 */
public record NativeMemory(long objects, long bytes, long allocated) {
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
        return new NativeMemory(Pointer.totalCount(), Pointer.totalBytes(), allocatedBytes());
    }

    /**
     * Fails if work leaves a native object behind. Exact, where {@link #now} lets the garbage collector free what was
     * forgotten.
     */
    public static void assertFreed(Runnable work) {
        long before = Pointer.totalCount();
        work.run();
        long left = Pointer.totalCount() - before;
        assertTrue(left <= 0, left + " native objects weren't freed: they wait for Java's garbage collector");
    }

    private static long allocatedBytes() {
        try {
            Allocations now = (Allocations) NativeLibrary.getInstance("c").getFunction("mallinfo2")
                    .invoke(Allocations.class, new Object[0]);
            return now.uordblks + now.hblkhd;
        } catch (UnsatisfiedLinkError notGlibc) {
            return 0;
        }
    }

    /**
     * Fails if there is more than there was before.
     *
     * @param allocatedMore bytes that may have been allocated all the same: Java's compiler has its own
     */
    public void assertNoMoreThan(NativeMemory before, long allocatedMore) {
        assertTrue(objects <= before.objects, objects - before.objects + " native objects more");
        assertTrue(bytes <= before.bytes, bytes - before.bytes + " native bytes more");
        assertTrue(allocated - before.allocated <= allocatedMore, allocated - before.allocated + " allocated bytes more");
    }

    /** What {@code mallinfo2(3)} tells. */
    @Structure.FieldOrder({"arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks",
        "keepcost"})
    public static final class Allocations extends Structure implements Structure.ByValue {
        public long arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost;
    }
}
