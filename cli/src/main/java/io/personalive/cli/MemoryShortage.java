package io.personalive.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what was asked for, what was free and what to change where memory ran out: Java's, the machine's or a card's. */
final class MemoryShortage {
    /** As libtorch puts it, for the processor. */
    private static final Pattern PROCESSOR = Pattern.compile("you tried to allocate (\\d+) bytes");
    /** As libtorch puts it, for a card. */
    private static final Pattern CARD = Pattern.compile("CUDA out of memory\\. Tried to allocate ([\\d.]+ \\w+)(?:.*?GPU (\\d+).*?of which ([\\d.]+ \\w+) is free)?",
            Pattern.DOTALL);
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
    private static final Path LINUX_MEMORY = Path.of("/proc/meminfo");
    private static final String SMALLER = "choose a --precision with smaller numbers (bfloat16, float16) or a smaller model";

    private MemoryShortage() {}

    /** @return one line; null if it is another kind of failure */
    static String explain(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        Matcher card = CARD.matcher(message);
        if (card.find()) {
            return "out of memory on the card" + (card.group(2) == null ? "" : " cuda:" + card.group(2)) + ": " + card.group(1) + " were asked for"
                    + (card.group(3) == null ? "" : ", " + card.group(3) + " are free") + ". End other programs that use it, " + SMALLER
                    + ", or another --device";
        }
        Matcher processor = PROCESSOR.matcher(message);
        if (processor.find()) {
            return "out of memory: " + gigabytes(Double.parseDouble(processor.group(1))) + " were asked for, " + gigabytes(free())
                    + " are free. End other programs, " + SMALLER + ", or another --device";
        }
        if (message.contains("std::bad_alloc")) {
            return "out of memory: " + gigabytes(free()) + " are free. End other programs, " + SMALLER + ", or another --device";
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory: " + message + "; Java may use " + gigabytes(Runtime.getRuntime().maxMemory())
                    + ". Allow more with PERSONALIVE_JAVA_OPTS=-Xmx4g, or give smaller pictures";
        }
        return null;
    }

    /** Bytes that programs can have without others being pushed out. */
    private static double free() {
        try {
            Matcher available = AVAILABLE.matcher(Files.exists(LINUX_MEMORY) ? Files.readString(LINUX_MEMORY) : "");
            if (available.find()) {
                return Double.parseDouble(available.group(1)) * 1024;
            }
        } catch (IOException unreadable) {
            // Java's own count is less exact
        }
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getFreeMemorySize();
    }

    private static String gigabytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
