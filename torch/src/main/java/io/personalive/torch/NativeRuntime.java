package io.personalive.torch;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import io.personalive.natives.NativeLibraries;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library, set up once per process before anything else touches it.
 *
 * <p>On glibc the allocator is told to keep freed memory: large activations are otherwise mapped, zeroed by the kernel
 * and unmapped at every layer, which costs most of the time of a step.
 */
public final class NativeRuntime {
    private static final Logger log = LoggerFactory.getLogger(NativeRuntime.class);

    /** Numbers of {@code mallopt(3)}. */
    private static final int M_TRIM_THRESHOLD = -1, M_TOP_PAD = -2, M_MMAP_THRESHOLD = -3, M_ARENA_MAX = -8;
    /** Blocks up to this size come from the heap and are kept when freed, in bytes. */
    private static final int LARGEST_KEPT_BLOCK = 1 << 30;

    static {
        NativeLibraries.ready();
        keepFreedMemory();
    }

    private NativeRuntime() {}

    /** Configures the process, before the native library is loaded; calls after the first cost nothing. */
    public static void start() {
        // the work is in the static initialiser
    }

    private static void keepFreedMemory() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
                || System.getenv("MALLOC_MMAP_THRESHOLD_") != null) {
            return;
        }
        try {
            Function mallopt = NativeLibrary.getInstance("c").getFunction("mallopt");
            // only the first arena holds blocks of any size; threads that begin from now on use it
            mallopt.invokeInt(new Object[] {M_ARENA_MAX, 1});
            mallopt.invokeInt(new Object[] {M_MMAP_THRESHOLD, LARGEST_KEPT_BLOCK});
            mallopt.invokeInt(new Object[] {M_TRIM_THRESHOLD, Integer.MAX_VALUE});
            mallopt.invokeInt(new Object[] {M_TOP_PAD, 64 << 20});
        } catch (LinkageError | RuntimeException absent) {
            log.debug("no mallopt in this C library: {}", absent.getMessage());
        }
    }
}
